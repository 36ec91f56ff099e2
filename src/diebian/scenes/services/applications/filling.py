"""One form for all members: each line once, and of what was filled each member its own. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from diebian.scenes.services.items.models import ItemVersion
from diebian.scenes.services.items.situations import Answers
from diebian.scenes.services.journey import FormField, Journey
from diebian.scenes.services.themes.facts import Compiled, Field
from diebian.scenes.services.themes.merging import plain


@dataclass(frozen=True)
class Member:
    """As its own version says: its questions, and its form for somebody who has answered so."""

    code: str
    name: str
    version: ItemVersion
    chosen: Mapping[str, str]
    journey: Journey


@dataclass(frozen=True)
class Line:
    """`own`: as it is asked here; `of`: code of each member that uses it, to its word for it."""

    own: FormField
    of: Mapping[str, str]
    names: Sequence[str]


def lines_of(told: Compiled, members: Sequence[Member]) -> list[Line]:
    """What these members ask, in the order of the theme."""
    by_code = {one.code: one for one in members}
    lines = [_line(place, field, by_code) for place, field in enumerate(told.fields, start=1)]
    return [one for one in lines if one]


def _line(place: int, field: Field, members: Mapping[str, Member]) -> Line | None:
    """None where none of them asks it: another one fills it, or the answers rule it out."""
    uses = {use.member: _own(field, members[use.member]) for use in field.uses
            if use.member in members}  # fmt: skip
    own = {code: one for code, one in uses.items() if one}
    if not own:
        return None
    return Line(
        own=replace(next(iter(own.values())), name=f"f{place}"),
        of={code: one.name for code, one in own.items()},
        names=[members[code].name for code in own],
    )


def _own(field: Field, member: Member) -> FormField | None:
    fields = member.journey.fields
    return next((one for one in fields if plain(one.label) == plain(field.label)), None)


def form_of(member: str, lines: Sequence[Line], values: Mapping[str, str]) -> dict[str, str]:
    """What this member's department sees: its own lines, nothing of the others'."""
    return {
        line.of[member]: values[line.own.name]
        for line in lines
        if member in line.of and line.own.name in values
    }


def answers_of(member: str, told: Compiled, answers: Answers) -> dict[str, str]:
    """What was answered once, in the words of the member's own questions."""
    return {
        one.slugs[member]: answers[one.situation.slug]
        for one in told.questions
        if member in one.slugs and one.situation.slug in answers
    }


def statements_of(members: Collection[Member]) -> list[str]:
    """Each once."""
    return list(dict.fromkeys(one.journey.statement["label"] for one in members))
