"""Which papers somebody has to bring for a theme: each once, and none that anybody has. Pure.

Asked when a page is shown: what is held changes when something is shared, without any new version.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from diebian.scenes.services.items.papers import ORDER
from diebian.scenes.services.items.situations import Answers, applies
from diebian.scenes.services.materials.models import Kind
from diebian.scenes.services.materials.resolving import Answer, Resolved, Standing, Subject, resolve

from .facts import Compiled, Paper, Part, Use


@dataclass(frozen=True)
class Wanted:
    """One paper of the list. `of`: members for which it is answered so; `spares`: for which it is
    held, or given by a member before. `is_certain`: whatever else is answered."""

    identity: str
    name: str
    resolved: Resolved | None  # None: all who want it get it from a member before
    of: tuple[Part, ...]
    spares: tuple[Part, ...]
    giver: Part | None
    notes: tuple[str, ...]
    is_certain: bool

    @property
    def is_demanded(self) -> bool:
        return self.resolved is not None and self.resolved.is_demanded

    @property
    def tag(self) -> str:
        return self.resolved.answer.label if self.resolved else "前面办出来"

    @property
    def tone(self) -> str:
        return "wait" if self.is_demanded else "ok"


@dataclass(frozen=True)
class Wish:
    """What one member's wish for a paper comes to."""

    part: Part
    use: Use
    is_certain: bool
    resolved: Resolved | None
    giver: Part | None

    @property
    def rank(self) -> int:
        """The strictest first."""
        return ORDER[self.resolved.answer] if self.resolved else len(ORDER)


def wanted(
    told: Compiled,
    subjects: Mapping[str, Subject],
    standing: Standing,
    answers: Answers,
    members: Collection[str],
    county: str = "",
) -> list[Wanted]:
    """`members`: codes of those that were chosen. What is to be brought comes first."""
    about = _About(told, subjects, standing, answers, members, county)
    lists = ((paper, about.wishes(paper)) for paper in told.papers)
    found = [_merged(paper, wishes) for paper, wishes in lists if wishes]
    return sorted(found, key=lambda one: ORDER[one.resolved.answer] if one.resolved else len(ORDER))


@dataclass(frozen=True)
class _About:
    told: Compiled
    subjects: Mapping[str, Subject]
    standing: Standing
    answers: Answers
    members: Collection[str]
    county: str

    def wishes(self, paper: Paper) -> list[Wish]:
        found = []
        for use in paper.uses:
            is_wanted = applies(use.when, self.answers)
            if use.member in self.members and is_wanted is not False:
                found.append(self._wish(paper, use, is_certain=is_wanted is True))
        return found

    def _wish(self, paper: Paper, use: Use, *, is_certain: bool) -> Wish:
        part = self.told.part(use.member)
        before = [one for one in paper.givers if one in part.behind and one in self.members]
        if before:
            return Wish(part, use, is_certain, None, self.told.part(before[0]))
        subject = self.subjects.get(paper.codes[use.member]) or Subject("", paper.name, Kind.DOC)
        resolved = resolve(
            subject, self.standing, consumer=part.credit_code, county=self.county, way=use.way
        )
        return Wish(part, use, is_certain, resolved, None)


def _merged(paper: Paper, wishes: Sequence[Wish]) -> Wanted:
    """The strictest counts, and is told with those for whom it holds alone."""
    rank = min(wish.rank for wish in wishes)
    strict = [wish for wish in wishes if wish.rank == rank]
    spares = [
        wish.part
        for wish in wishes
        if wish.rank > rank and (wish.resolved is None or wish.resolved.is_held)
    ]
    return Wanted(
        identity=paper.identity,
        name=paper.name,
        resolved=strict[0].resolved,
        of=_each(wish.part for wish in strict),
        spares=_each(spares),
        giver=next((wish.giver for wish in wishes if wish.giver), None),
        notes=tuple(dict.fromkeys(wish.use.note for wish in strict if wish.use.note)),
        is_certain=any(wish.is_certain for wish in strict),
    )


def _each(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple({part.code: part for part in parts}.values())


def count_demanded(papers: Sequence[Wanted]) -> int:
    return sum(one.is_demanded for one in papers if one.is_certain)


def count_spared(papers: Sequence[Wanted]) -> int:
    """Government has it, or a member before gives it."""
    return sum(_is_spared(one) for one in papers if one.is_certain)


def _is_spared(one: Wanted) -> bool:
    return one.resolved is None or one.resolved.answer in {Answer.LICENCE, Answer.DATA}
