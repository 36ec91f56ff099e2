from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.db.models import Count, QuerySet

from diebian.base.catalogue.public import providers_of
from diebian.base.directory.public import city, working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor
from diebian.standards.calendar import UnknownYear, WorkingCalendar
from diebian.standards.deadlines import Clock, Event, Kind, Rule, Unit, compute
from diebian.standards.deadlines import State as ClockState
from diebian.standards.procedures import DECIDED_WITHIN, EXTENSION, Handling

from . import behalf, policy
from .items.facts import PERSONS
from .items.models import ItemVersion
from .items.models import State as VersionState
from .journey_parts import Journey
from .models import OPEN, Application, Case, CaseEvent, Channel, ServiceItem, State
from .scoring import plain, score

SHOWN = 100
FOUND = 20
LICENSING = "行政许可"
CLOCK_KINDS = set(Kind)


class HasDays(Protocol):
    """An item, as it is in force; or the facts of the version that a case keeps."""

    @property
    def kind(self) -> str: ...
    @property
    def statutory_days(self) -> int | None: ...
    @property
    def statutory_unit(self) -> str: ...
    @property
    def statutory_source(self) -> str: ...
    @property
    def is_joint(self) -> bool: ...
    @property
    def promised_days(self) -> int | None: ...


@dataclass(frozen=True)
class Day:
    on: date
    kind: str  # used, off, pause, today, due or empty


def item(code: str) -> ServiceItem:
    found = ServiceItem.objects.select_related("department").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def search(words: str) -> list[ServiceItem]:
    """Items by what people call them: whole synonym, shared pairs of characters, initials."""
    asked = plain(words)
    if not asked:
        return []
    rows = ServiceItem.objects.filter(retired_on=None)
    named = rows.values_list("pk", "name", "words")  # of hundreds a few are read whole
    scored = [(score(asked, name, synonyms), key) for key, name, synonyms in named]
    best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])[:FOUND]
    found = rows.select_related("department").in_bulk([key for _, key in best])
    return [found[key] for _, key in best if key in found]


def case_for(by: Actor, case_no: str) -> Case:
    """The applicant's or the reviewing department's; for anybody else it does not exist."""
    cases = Case.objects.select_related("item__department", "department", "version")
    cases = cases.prefetch_related("events", "fetched")
    case = cases.filter(case_no=case_no).first()
    if case is None:
        raise NotFound
    if not policy.may_see(by, case):
        raise behalf.absent(by, case)
    return case


def draft_for(by: Actor, case_no: str) -> Case:
    """A case that this one may fill; its state decides which page is next."""
    case = case_for(by, case_no)
    if not policy.may_fill(by, case):
        raise NotFound
    return case


def cases_of(by: Actor) -> QuerySet[Case]:
    """Those of a theme stand under it."""
    shown = Case.objects.filter(applicant_key=by.key, application=None)
    shown = shown.exclude(state=State.LAPSED)
    return shown.select_related("item", "department", "version").order_by("-pk")


def cases_of_others(by: Actor, under: Sequence[Application]) -> list[Case]:
    """Of those for whom this one may act today, in the matters that the mandate names. Those of
    the themes that are listed (`under`) stand under them.
    """
    wanted = behalf.within(by)
    rows = (
        Case.objects.filter(wanted).exclude(state=State.LAPSED) if wanted else Case.objects.none()
    )
    rows = rows.exclude(application__in=under)
    return list(rows.select_related("item", "department", "version").order_by("-pk")[:SHOWN])


def received_at_window(by: Actor) -> QuerySet[Case]:
    """Today's cases of this clerk's window."""
    rows = Case.objects.filter(
        opened_by=by.key, channel=Channel.WINDOW, opened_at__gte=clock.midnight(), application=None
    )
    return rows.exclude(state=State.LAPSED).select_related("item").order_by("-pk")


def items_open() -> QuerySet[ServiceItem]:
    """What can be applied for."""
    rows = ServiceItem.objects.filter(retired_on=None)
    return rows.select_related("department").order_by("department__name", "code")


def for_persons(items: Sequence[ServiceItem]) -> set[int]:
    """Of these, the keys of those that a person may apply for."""
    rows = ItemVersion.objects.filter(item__in=items, state=VersionState.IN_FORCE)
    told = rows.values_list("item", "document__objects")
    return {key for key, objects in told if not objects or PERSONS in objects}


def under_way(by: Actor) -> Case | None:
    """The newest case of this person that is not ended, a draft before all others."""
    rows = Case.objects.filter(applicant_key=by.key, state__in=[State.DRAFT, *OPEN])
    rows = rows.select_related("item", "department", "version").order_by("-pk")
    return rows.filter(state=State.DRAFT).first() or rows.first()


def phrases() -> list[str]:
    """One way of saying it for each item that can be applied for."""
    return [words.split()[0] for words in items_open().values_list("words", flat=True) if words]


def topics() -> list[dict[str, str]]:
    told = city()
    return told.topics if told else []


def providers(journey: Journey) -> dict[str, str]:
    """Slug of each ask to the name of the department that answers."""
    known = providers_of(journey.asks) if journey.asks else {}
    return {ask: known.get(ask, "有关部门") for ask in journey.asks}


def due_case_numbers() -> list[str]:
    """Cases that wait for a department's system and whose next try has come."""
    rows = Case.objects.filter(state=State.RECEIVED, next_try_at__lte=clock.now())
    return list(rows.order_by("next_try_at").values_list("case_no", flat=True)[:SHOWN])


def clock_of(case: Case, calendar: WorkingCalendar | None = None) -> Clock:
    events = [
        Event(
            Kind(event.kind),
            event.at.astimezone(clock.CITY_TIME).date(),
            event.cause,
            event.days,
        )
        for event in case.events.all()
        if event.kind in CLOCK_KINDS
    ]
    return clock_from(events, rule_of(case.version.facts), calendar or working_calendar())


def clock_from(events: Sequence[Event], rule: Rule, calendar: WorkingCalendar) -> Clock:
    """As of today. Where next year has no calendar yet, the days of this case alone are unknown."""
    try:
        return compute(events, rule, today=clock.today(), calendar=calendar)
    except UnknownYear:
        return Clock(ClockState.UNKNOWN)


def rule_of(of: HasDays) -> Rule:
    unit = Unit.DAY if of.statutory_unit == "日" else Unit.WORKDAY
    handling = Handling.JOINT if of.is_joint else Handling.SINGLE
    statutory = of.statutory_days or DECIDED_WITHIN[handling].days
    # What its own law says about an extension is not known here: only 行政许可法's is.
    extension = EXTENSION[handling] if is_licensing(of) else None
    promised = statutory if of.promised_days is None else of.promised_days  # 0: on the spot
    return Rule(statutory, unit, promised, of.statutory_source, extension)


def is_licensing(of: HasDays) -> bool:
    """Under 行政许可法: a licence, or whatever has its days from there."""
    return of.kind == LICENSING or not of.statutory_days


def days_of(told: Clock, calendar: WorkingCalendar) -> list[Day]:
    """The strip of days on the tracking page, from acceptance to the promised end."""
    if told.accepted_on is None or told.promised_due is None:
        return []
    length = (told.promised_due - told.accepted_on).days + 1
    days = [told.accepted_on + timedelta(days=place) for place in range(length)]
    return [Day(day, _kind(day, told, calendar)) for day in days]


def promised_if_begun_today(of: HasDays) -> date:
    """The last day of the promise, should the case be accepted today."""
    rule, calendar = rule_of(of), working_calendar()
    return calendar.add(clock.today(), rule.promised_days)


def waiting_for_departments() -> dict[str, int]:
    """What is away at the moment (by title), and how many cases wait for it."""
    rows = Case.objects.filter(state=State.RECEIVED).exclude(waits_for="")
    return dict(rows.values_list("waits_for").annotate(Count("pk")))


def decided_today_by(by: Actor) -> int:
    """How many cases this department decided today."""
    rows = CaseEvent.objects.filter(kind="decided", at__gte=clock.midnight())
    return rows.filter(case__department__credit_code=by.department).count()


def is_open(case: Case) -> bool:
    return case.state in OPEN


def _kind(day: date, told: Clock, calendar: WorkingCalendar) -> str:
    today = clock.today()
    if day == told.promised_due:
        return "due"
    if day == today:
        return "today"
    if not calendar.is_workday(day):
        return "off"
    if any(stop.since < day <= stop.until for stop in told.stops):
        return "pause"
    return "used" if day < today else ""
