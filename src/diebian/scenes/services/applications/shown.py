"""What pages show of an application: its members, what happened to each, by when. No decisions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.scenes.services.models import Case
from diebian.scenes.services.rating_models import Rating, Service
from diebian.scenes.services.shown import event_lines
from diebian.scenes.services.themes.drawing import LAPSED
from diebian.scenes.services.themes.facts import Compiled
from diebian.scenes.services.themes.guides import pruned
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.scenes.services.themes.ordering import drawn_before, ends_in

from .carrying import ends_so_far
from .places import deciding
from .progress import About, MemberLine, line_of, why_lapsed


@dataclass(frozen=True)
class Happened:
    at: datetime
    kind: str
    who: str
    says: str
    reason: str


@dataclass(frozen=True)
class Whole:
    lines: Sequence[MemberLine]
    happened: Sequence[Happened]  # the newest first
    rated: frozenset[int]  # keys of cases

    @property
    def done(self) -> int:
        return sum(one.is_over for one in self.lines)

    @property
    def asked(self) -> list[MemberLine]:
        return [one for one in self.lines if one.is_asked]

    @property
    def to_rate(self) -> list[MemberLine]:
        return [
            one for one in self.lines
            if one.is_decided and one.case and one.case.pk not in self.rated
        ]  # fmt: skip

    @property
    def until(self) -> date | None:
        return max((one.until for one in self.lines if one.until), default=None)


def whole_of(of: Application) -> Whole:
    told = of.version.compiled
    cases = {one.item.code: one for one in _cases(of)}
    ends = ends_so_far(of)
    about = About(
        of=of,
        told=told,
        outcomes={code: one.outcome for code, one in ends.items()},
        days=days_of(of, told),
        drawn=dict(drawn_before(pruned(told.order, of.members))),
        owners={code: one.name for code, one in deciding(of).items()},
    )
    parts = [part for part in told.parts if part.code in of.members]
    lines = [line_of(about, part, cases.get(part.code)) for part in parts]
    happened = [*_of_cases(cases.values()), *_of_the_whole(of)]
    happened += [
        Happened(one.at, "lapsed", told.part(code).name, "不办了", why_lapsed(about, code))
        for code, one in ends.items()
        if one.outcome == LAPSED
    ]
    rated = Rating.objects.filter(
        invitation__case__in=cases.values(), invitation__service=Service.CASE
    )
    return Whole(
        lines=lines,
        happened=sorted(happened, key=lambda one: one.at, reverse=True),
        rated=frozenset(rated.values_list("invitation__case", flat=True)),
    )


def days_of(of: Application, told: Compiled | None = None) -> dict[str, date]:
    """By when each is done if everybody keeps to the promise, from the day of receipt on."""
    compiled = told or of.version.compiled
    days = {part.code: part.days for part in compiled.parts}
    ends = ends_in(pruned(compiled.order, of.members), days)
    since = (of.received_at or clock.now()).astimezone(clock.CITY_TIME).date()
    calendar = working_calendar()
    return {code: calendar.add(since, count) for code, count in ends.items()}


def _cases(of: Application) -> list[Case]:
    rows = of.cases.select_related("item", "department", "version", "supplement")
    return list(rows.prefetch_related("events", "fetched").order_by("pk"))


def _of_cases(cases: Iterable[Case]) -> Iterator[Happened]:
    for case in cases:
        for one in event_lines(case):
            yield Happened(one.at, one.kind, case.item.name, one.says, one.reason)


def _of_the_whole(of: Application) -> Iterator[Happened]:
    if of.received_at:
        yield Happened(of.received_at, "received", "", "收到整件事的申请", "")
    if of.ended_at:
        kind = "decided" if of.state == State.ALL_DONE else "ended"
        yield Happened(of.ended_at, kind, "", f"整件事{of.get_state_display()}", "")
