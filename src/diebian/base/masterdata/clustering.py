"""Which tokens are one entity: classes that grow pair by pair, from the surest down.

Identifiers are kept apart: no score joins two of them, not through a third either. What a person
said comes first, and may do what no score may.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .models import Verdict


class Why(StrEnum):
    """Why a person is asked."""

    BETWEEN = "between"  # between the thresholds
    SEVERAL = "several"  # fits two identified entities
    TWO_IDS = "two_ids"  # would join two identifiers
    CHANGED = "changed"  # was decided, with other values


@dataclass(frozen=True, slots=True)
class Scored:
    left: str
    right: str
    score: int
    levels: str
    digest: str  # of the values that were compared, of both sides


@dataclass(frozen=True)
class Clusters:
    """`leader`: of each token that is not alone, the token that stands for its class."""

    leader: Mapping[str, str]
    asked: Sequence[tuple[Scored, Why]]
    joined: int  # pairs that a score joined


class Classes:
    """Equivalence classes; each knows its identifiers and with whom it must not be."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self.named: dict[str, set[str]] = {}
        self.apart: dict[str, set[str]] = defaultdict(set)

    def of(self, token: str) -> str:
        if token not in self._above:
            self._above[token] = token
            self.named[token] = {token} if token.startswith("#") else set()
        root = token
        while self._above[root] != root:
            root = self._above[root]
        while self._above[token] != root:
            self._above[token], token = root, self._above[token]
        return root

    def join(self, left: str, right: str) -> None:
        a, b = sorted((self.of(left), self.of(right)))
        if a == b:
            return
        self._above[b] = a
        self.named[a] |= self.named.pop(b)
        for other in self.apart.pop(b, set()):
            self.apart[other].discard(b)
            self.apart[other].add(a)
            self.apart[a].add(other)

    def keep_apart(self, left: str, right: str) -> None:
        a, b = self.of(left), self.of(right)
        self.apart[a].add(b)
        self.apart[b].add(a)

    def are_apart(self, left: str, right: str) -> bool:
        return self.of(right) in self.apart[self.of(left)]

    def would_join_two(self, one: Scored) -> bool:
        return len(self.named[self.of(one.left)] | self.named[self.of(one.right)]) > 1

    def settles(self, one: Scored, placed: set[str]) -> bool:
        """Joined already, kept apart by a person, or put beside another identifier by one."""
        if self.of(one.left) == self.of(one.right) or self.are_apart(one.left, one.right):
            return True
        return one.left in placed and self.would_join_two(one)

    def tokens(self) -> Iterator[tuple[str, str]]:
        for token in list(self._above):
            yield token, self.of(token)


Decisions = Mapping[tuple[str, str], tuple[str, str]]  # left, right → verdict, digest


def clusters(pairs: Iterable[Scored], decisions: Decisions, *, upper: int, lower: int) -> Clusters:
    """`decisions` hold as long as the values that were compared are the same."""
    listed = sorted(pairs, key=lambda one: (-one.score, one.left, one.right))
    verdicts = [_verdict(one, decisions) for one in listed]
    classes = Classes()
    for one, verdict in zip(listed, verdicts, strict=True):
        if verdict == Verdict.SAME:
            classes.join(one.left, one.right)
    for one, verdict in zip(listed, verdicts, strict=True):
        if verdict == Verdict.DIFFERENT:
            classes.keep_apart(one.left, one.right)
    told = list(zip(listed, verdicts, strict=True))
    placed = {one.left for one, verdict in told if verdict == Verdict.SAME}
    unsure = [(one, Why.BETWEEN) for one, verdict in told if verdict == Verdict.UNSURE]
    left = [one for one, verdict in told if verdict is None and one.score >= lower]
    asked, joined = _joined(left, classes, placed, decisions, upper)
    kept = [(one, why) for one, why in [*unsure, *asked] if not classes.settles(one, placed)]
    return Clusters(_leaders(classes), kept, joined)


def _joined(
    pairs: Sequence[Scored], classes: Classes, placed: set[str], decisions: Decisions, upper: int
) -> tuple[list[tuple[Scored, Why]], int]:
    """Joins what is sure, the surest first; gives what a person is asked, and how many joined."""
    several = _several(one for one in pairs if one.score >= upper)
    asked: list[tuple[Scored, Why]] = []
    joined = 0
    for one in pairs:
        if classes.settles(one, placed):
            continue
        was_decided = (one.left, one.right) in decisions
        why = _why(one, classes, several, upper=upper, was_decided=was_decided)
        if why is not None:
            asked.append((one, why))
        else:
            classes.join(one.left, one.right)
            joined += 1
    return asked, joined


def _verdict(one: Scored, decisions: Decisions) -> str | None:
    verdict, digest = decisions.get((one.left, one.right), (None, ""))
    return verdict if digest == one.digest else None


def _several(sure: Iterable[Scored]) -> set[str]:
    """Records without identifier that fit more than one identified entity."""
    fits: dict[str, set[str]] = defaultdict(set)
    for one in sure:
        if one.right.startswith("#"):
            fits[one.left].add(one.right)
    return {token for token, of in fits.items() if len(of) > 1}


def _why(
    one: Scored, classes: Classes, several: set[str], *, upper: int, was_decided: bool
) -> Why | None:
    """Nothing: it is sure enough to be joined."""
    if was_decided:
        return Why.CHANGED
    if one.score < upper:
        return Why.BETWEEN
    if one.right.startswith("#") and one.left in several:
        return Why.SEVERAL
    return Why.TWO_IDS if classes.would_join_two(one) else None


def _leaders(classes: Classes) -> dict[str, str]:
    """An identifier leads, else the least token: the same whatever was joined first."""
    members: dict[str, list[str]] = defaultdict(list)
    for token, root in classes.tokens():
        members[root].append(token)
    leader = {}
    for tokens in members.values():
        if len(tokens) > 1:
            leads = min(tokens, key=lambda token: (not token.startswith("#"), token))
            leader.update(dict.fromkeys(tokens, leads))
    return leader
