"""What became of an entity: the differences between its states, its turns, and declared events.

Of values only the columns' names, what was and what is; which source said it, and since when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .models import Base, Build, GoldenRecord, Turn, TurnKind
from .plan import plan_of
from .selectors import titles_of
from .shown import Sources, tell_of

MOST = 200


@dataclass(frozen=True)
class Changed:
    title: str
    was: str
    now: str
    source: str
    collected_at: datetime | None


@dataclass(frozen=True)
class Moment:
    """`build`: nothing for an event that the sources tell; then `day` says when it was."""

    words: str
    build: Build | None = None
    day: date | None = None
    changes: Sequence[Changed] = ()


def events_of(record: GoldenRecord, *, is_plain: bool) -> list[Moment]:
    """Days that the declaration calls events, the newest first; a person's only when plain."""
    plan = plan_of(record.version.plan)
    told = [
        Moment(column.event, day=date.fromisoformat(day))
        for column in plan.columns
        if column.event and (is_plain or not plan.is_personal(column.name))
        if (day := record.values.get(column.name))
    ]
    return sorted(told, key=lambda one: one.day or date.min, reverse=True)


def timeline(base: Base, number: int, *, is_plain: bool) -> list[Moment]:
    """By builds, the newest first. States in which no value changed are left out."""
    states = GoldenRecord.objects.filter(base=base, number=number, since__lte=base.built)
    listed = list(states.select_related("version").order_by("-since")[:MOST])[::-1]
    turns = list(_turns(base, number))
    asked = {one.since for one in listed} | {one.build for one in turns}
    builds = {one.number: one for one in Build.objects.filter(base=base, number__in=asked)}
    plans = {one.version_id: plan_of(one.version.plan) for one in listed}
    titles = titles_of(plans.values())
    told: list[tuple[int, Moment]] = []
    before: GoldenRecord | None = None
    for one in listed:
        build = builds.get(one.since)
        sources = Sources(plans[one.version_id], build, titles)
        changes = _changes(before, one, sources, is_plain=is_plain)
        if before is None:
            told.append((one.since, Moment("第一次进库", build, changes=changes)))
        elif changes:
            told.append((one.since, Moment("内容变了", build, changes=changes)))
        before = one
    told += [(one.build, Moment(_words(one, number), builds.get(one.build))) for one in turns]
    return [moment for _, moment in sorted(told, key=lambda one: -one[0])]


def _turns(base: Base, number: int) -> Any:
    own = Turn.objects.filter(base=base, number=number, build__lte=base.built)
    with_others = Turn.objects.filter(base=base, other=number, build__lte=base.built)
    return (own | with_others).order_by("pk")


def _words(turn: Turn, number: int) -> str:
    if turn.kind == TurnKind.ENDED:
        return "来源里不再有"
    if turn.kind == TurnKind.MERGED:
        is_own = turn.number == number
        return f"并入 {turn.other} 号" if is_own else f"{turn.number} 号并了进来"
    return f"从 {turn.other} 号分出来" if turn.number == number else f"分出了 {turn.number} 号"


def _changes(
    before: GoldenRecord | None, now: GoldenRecord, sources: Sources, *, is_plain: bool
) -> list[Changed]:
    was = before.values if before else {}
    told = []
    for column in sources.plan.columns:
        old, new = was.get(column.name), now.values.get(column.name)
        if old == new:
            continue
        chosen = now.chosen.get(column.name)
        tell = tell_of(sources.plan, column.name, is_plain=is_plain)
        told.append(
            Changed(
                title=column.title,
                was=tell(old) if old is not None else "",
                now=tell(new) if new is not None else "",
                source=sources.title(chosen[0]) if chosen else "",
                collected_at=sources.collected_at(chosen[0]) if chosen else None,
            )
        )
    return told
