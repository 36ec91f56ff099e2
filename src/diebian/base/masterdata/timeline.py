"""What became of an entity: the differences between its states, its turns, and declared events.

Of values only the columns' names, what was and what is; which source said it, and since when. What
is kept no longer is not told, and that it is not is said (`keeping`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .keeping import last_day
from .looking import plan_now, states_told
from .models import Base, Build, BuildState, GoldenRecord, Turn, TurnKind
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
    """`build`: nothing for an event that the sources tell; then `day` says when it was.

    `more`: what is not told of it, and why.
    """

    words: str
    build: Build | None = None
    day: date | None = None
    changes: Sequence[Changed] = ()
    more: str = ""


@dataclass(frozen=True)
class Timeline:
    """`until`: the last day on which the oldest of what was replaced is told; nothing where all
    that is told is read now.
    """

    moments: Sequence[Moment]
    until: date | None


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


def timeline(base: Base, number: int, *, is_plain: bool) -> Timeline:
    """By builds, the newest first. States in which no value changed are left out."""
    states = states_told(base).filter(number=number)
    listed = list(states.select_related("version").order_by("-since")[:MOST])[::-1]
    turns = list(_turns(base, number))
    asked = {one.since for one in listed} | {one.build for one in turns}
    asked |= {one.until for one in listed if one.until}
    builds = {one.number: one for one in Build.objects.filter(base=base, number__in=asked)}
    born = _unseen_birth(base, number, listed)
    told = [born] if born else []
    told += _differences(listed, builds, is_oldest_first=born is None, is_plain=is_plain)
    told += [(one.build, Moment(_words(one, number), builds.get(one.build))) for one in turns]
    moments = [moment for _, moment in sorted(told, key=lambda one: -one[0])]
    return Timeline(moments, _until(base, listed, builds))


def _differences(
    listed: Sequence[GoldenRecord],
    builds: Mapping[int, Build],
    *,
    is_oldest_first: bool,
    is_plain: bool,
) -> Iterator[tuple[int, Moment]]:
    """Of each state to the one before; of the oldest that is told all that it says."""
    plans = {one.version_id: plan_of(one.version.plan) for one in listed}
    titles = titles_of(plans.values())
    before: GoldenRecord | None = None
    for one in listed:
        build = builds.get(one.since)
        sources = Sources(plans[one.version_id], build, titles)
        changes = _changes(before, one, sources, is_plain=is_plain)
        if before is None:
            words = "第一次进库" if is_oldest_first else "留着的最早的内容"
            yield one.since, Moment(words, build, changes=changes)
        elif changes:
            yield one.since, Moment("内容变了", build, changes=changes)
        before = one


def _unseen_birth(
    base: Base, number: int, listed: Sequence[GoldenRecord]
) -> tuple[int, Moment] | None:
    """When the entity came, where no state of then is told: numbers are given in order, so the
    builds know it.
    """
    done = Build.objects.filter(base=base, state=BuildState.DONE, number__lte=base.built)
    build = done.filter(first_number__lte=number).order_by("-number").first()
    if build is None or (listed and listed[0].since <= build.number):
        return None
    is_over = not listed or listed[0].since <= base.forgotten
    more = "当时的内容已过保留期，不再保存" if is_over else "那以后变得太多，没有都列出"
    return build.number, Moment("第一次进库", build, more=more)


def _until(base: Base, listed: Sequence[GoldenRecord], builds: Mapping[int, Build]) -> date | None:
    ended = builds.get(listed[0].until or 0) if listed else None
    is_over = ended is not None and ended.number <= base.built  # not by one that is under way
    return last_day(plan_now(base).keeping, ended) if ended and is_over else None


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
