"""一件事的指南: what somebody reads who has answered so much and chosen these members."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.items.facts import Situation
from diebian.scenes.services.items.situations import Asked, applies, chosen, questions
from diebian.scenes.services.materials.standing import standing_of, subjects

from .facts import Compiled, Field, Part
from .models import Theme, ThemeVersion
from .ordering import Block, One, Parallel, Series, longest
from .wanted import Wanted, count_demanded, count_spared, wanted


@dataclass(frozen=True)
class Step:
    """A block as a list: a member, or several one after the other or at the same time."""

    part: Part | None = None
    inside: Sequence["Step"] = ()
    is_parallel: bool = False


@dataclass(frozen=True)
class Choice:
    part: Part
    is_chosen: bool


@dataclass(frozen=True)
class Guide:
    theme: Theme
    version: ThemeVersion
    choices: Sequence[Choice]
    asked: Sequence[Asked]
    papers: Sequence[Wanted]
    fields: Sequence[Field]
    steps: Step
    days: int
    days_one_by_one: int
    ends_on: date  # were all accepted today

    @property
    def taken(self) -> list[str]:
        """Codes of what was chosen."""
        return [one.part.code for one in self.choices if one.is_chosen]

    @property
    def members(self) -> int:
        return len(self.taken)

    @property
    def owners(self) -> list[str]:
        return list(dict.fromkeys(one.part.owner for one in self.choices if one.is_chosen))

    @property
    def is_settled(self) -> bool:
        """Every question that changes something for this person is answered."""
        return all(one.answer for one in self.asked)

    @property
    def certain(self) -> list[Wanted]:
        return [one for one in self.papers if one.is_certain]

    @property
    def perhaps(self) -> list[Wanted]:
        return [one for one in self.papers if not one.is_certain]

    @property
    def demanded(self) -> int:
        return count_demanded(self.papers)

    @property
    def spared(self) -> int:
        return count_spared(self.papers)

    @property
    def merged(self) -> int:
        """How many more papers would be asked for, each item by itself."""
        return sum(len(one.of) - 1 for one in self.certain if one.is_demanded)


@dataclass(frozen=True)
class Asks:
    situations: Sequence[Situation]


def taken_of(told: Compiled, members: Collection[str]) -> list[str]:
    """Codes of what was chosen, in the order of the theme."""
    own = [part.code for part in told.parts]
    return [code for code in own if code in members] or own


def asks_of(told: Compiled, members: Collection[str]) -> Asks:
    """The questions on which papers or lines of these members hang."""
    return Asks([one.situation for one in told.questions if set(one.wanted_by) & set(members)])


def theme(code: str) -> Theme:
    found = Theme.objects.select_related("department").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def version_in_force(of: Theme) -> ThemeVersion | None:
    return of.versions.order_by("-number").first()


def guide_of(of: Theme, sent: Mapping[str, str], members: Collection[str]) -> Guide:
    """`members`: codes that were chosen; none, or none of this theme's: all."""
    version = version_in_force(of)
    if version is None:
        raise NotFound
    version.theme = of
    return guide_at(version, sent, members)


def guide_at(version: ThemeVersion, sent: Mapping[str, str], members: Collection[str]) -> Guide:
    """As that version has it: a running application keeps the one that it began with."""
    told = version.compiled
    taken = taken_of(told, members)
    asks = asks_of(told, taken)
    answers = chosen(asks, sent)
    days = {one.code: one.days for one in told.parts if one.code in taken}
    steps = pruned(told.order, taken)
    needed = longest(steps, days)
    return Guide(
        theme=version.theme,
        version=version,
        choices=[Choice(part, part.code in taken) for part in told.parts],
        asked=questions(asks, answers),
        papers=_papers(told, answers, taken),
        fields=[one for one in told.fields if _is_asked(one, answers, taken)],
        steps=_step(steps, told),
        days=needed,
        days_one_by_one=sum(days.values()),
        ends_on=working_calendar().add(clock.today(), needed),
    )


def _papers(told: Compiled, answers: Mapping[str, str], taken: Collection[str]) -> list[Wanted]:
    about = subjects({code for one in told.papers for code in one.codes.values() if code})
    standing = standing_of(about.values(), {part.credit_code for part in told.parts})
    return wanted(told, about, standing, answers, taken)


def _is_asked(one: Field, answers: Mapping[str, str], taken: Collection[str]) -> bool:
    return any(use.member in taken and applies(use.when, answers) is not False for use in one.uses)


def pruned(block: Block, taken: Collection[str]) -> Block:
    """Without the members that were not chosen. One at least was."""
    found = _pruned(block, taken)
    if found is None:
        raise NotFound
    return found


def _pruned(block: Block, taken: Collection[str]) -> Block | None:
    if isinstance(block, One):
        return block if block.code in taken else None
    inside = tuple(one for one in (_pruned(each, taken) for each in block.blocks) if one)
    if len(inside) < 2:  # noqa: PLR2004  one alone is no block
        return inside[0] if inside else None
    return type(block)(_flat(type(block), inside))


def _flat(kind: type[Series] | type[Parallel], inside: Sequence[Block]) -> tuple[Block, ...]:
    """What is left of a block may be of the kind of the one around it."""
    return tuple(
        each for one in inside for each in (one.blocks if isinstance(one, kind) else (one,))
    )


def _step(block: Block, told: Compiled) -> Step:
    if isinstance(block, One):
        return Step(told.part(block.code))
    inside = [_step(one, told) for one in block.blocks]
    return Step(inside=inside, is_parallel=isinstance(block, Parallel))
