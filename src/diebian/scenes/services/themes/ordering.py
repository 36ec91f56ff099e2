"""Prerequisites become blocks, one after the other or side by side. Pure.

What can be drawn so that nobody waits for more than he needs is drawn so. Where it cannot (not
series-parallel) it is cut where the longest way stays shortest, and what waits is told.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Needs = Mapping[str, Collection[str]]  # of each, what must come before
Behind = Mapping[str, frozenset[str]]  # of each, all that comes before: needs, closed
Days = Mapping[str, int]
Wait = tuple[str, str]  # who waits, for whom, without needing it


@dataclass(frozen=True)
class One:
    code: str


@dataclass(frozen=True)
class Series:
    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class Parallel:
    blocks: tuple["Block", ...]


Block = One | Series | Parallel


def closed(needs: Needs) -> dict[str, frozenset[str]]:
    """Of each, all that comes before. In a circle somebody comes before himself."""
    told = {code: frozenset(before) for code, before in needs.items()}
    is_settled = False
    while not is_settled:
        is_settled = True
        for code, before in told.items():
            more = before.union(*(told[one] for one in before))
            if more != before:
                told[code], is_settled = more, False
    return told


def circle_in(needs: Needs) -> list[str]:
    """One circle, in its order, or nothing."""
    behind = closed(needs)
    first = next((code for code in needs if code in behind[code]), None)
    if first is None:
        return []
    circle, at = [first], first
    while True:
        at = next(one for one in needs[at] if one == first or first in behind[one])
        if at in circle:
            return circle[circle.index(at) :]
        circle.append(at)


def arranged(codes: Sequence[str], behind: Behind, days: Days) -> Block:
    """Every prerequisite comes before whoever needs it."""
    if len(codes) == 1:
        return One(codes[0])
    apart = _apart(codes, behind)
    if len(apart) > 1:
        return Parallel(tuple(arranged(one, behind, days) for one in apart))
    return Series(tuple(arranged(one, behind, days) for one in _steps(codes, behind, days)))


def waits(block: Block, behind: Behind) -> list[Wait]:
    """Who waits in the drawing for whom without needing it."""
    return [(code, one) for code, before in drawn_before(block) for one in before
            if one not in behind[code]]  # fmt: skip


def codes_in(block: Block) -> list[str]:
    if isinstance(block, One):
        return [block.code]
    return [code for one in block.blocks for code in codes_in(one)]


def longest(block: Block, days: Days) -> int:
    """The way through it that takes longest."""
    if isinstance(block, One):
        return days[block.code]
    told = [longest(one, days) for one in block.blocks]
    return sum(told) if isinstance(block, Series) else max(told)


def ends_in(block: Block, days: Days, since: int = 0) -> dict[str, int]:
    """Of each, after how many days it is done when everybody keeps to theirs."""
    if isinstance(block, One):
        return {block.code: since + days[block.code]}
    ends: dict[str, int] = {}
    for one in block.blocks:
        ends |= ends_in(one, days, since)
        if isinstance(block, Series):
            since += longest(one, days)
    return ends


def least(codes: Collection[str], behind: Behind, days: Days) -> int:
    """How long they take, were nobody to wait for more than he needs."""
    ends: dict[str, int] = {}
    for code in sorted(codes, key=lambda one: len(behind[one])):
        before = (ends[one] for one in behind[code] if one in ends)
        ends[code] = days[code] + max(before, default=0)
    return max(ends.values())


def _apart(codes: Sequence[str], behind: Behind) -> list[list[str]]:
    """Groups of which none has to do with another."""
    left, groups = list(codes), []
    while left:
        group, todo = {left[0]}, [left[0]]
        while todo:
            code = todo.pop()
            near = {one for one in left if one in behind[code] or code in behind[one]} - group
            group |= near
            todo += near
        groups.append([one for one in codes if one in group])
        left = [one for one in left if one not in group]
    return groups


def _steps(codes: Sequence[str], behind: Behind, days: Days) -> list[Sequence[str]]:
    """Cut into steps: wherever nobody is made to wait, else once, at the cheapest place.

    In the order of how many come before, whoever comes before another stands before it.
    """
    own = set(codes)
    order = sorted(codes, key=lambda code: len(behind[code] & own))
    made = {place: _made_to_wait(order[:place], order[place:], behind)
            for place in range(1, len(order))}  # fmt: skip

    def cost(place: int) -> tuple[int, int]:
        halves = (order[:place], order[place:])
        return sum(least(half, behind, days) for half in halves), made[place]

    free = [place for place, count in made.items() if count == 0]
    ends = [0, *(free or [min(made, key=cost)]), len(order)]
    return [[code for code in codes if code in set(order[since:until])]
            for since, until in pairwise(ends)]  # fmt: skip


def _made_to_wait(first: Sequence[str], then: Sequence[str], behind: Behind) -> int:
    return sum(one not in behind[code] for code in then for one in first)


def drawn_before(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Of each, all that the drawing puts before it."""
    if isinstance(block, One):
        yield block.code, []
        return
    passed: list[str] = []
    for one in block.blocks:
        for code, before in drawn_before(one):
            yield code, [*passed, *before]
        if isinstance(block, Series):
            passed += codes_in(one)
