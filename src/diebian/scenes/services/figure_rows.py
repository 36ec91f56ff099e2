"""Reads for the wall: cases as rows of figures and as things to look at. No names of people."""

from collections.abc import Callable
from datetime import date
from functools import cache

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from diebian.base.directory.public import working_calendar
from diebian.base.licences.public import Licence, licences
from diebian.brain.indicators.public import Scope, once, within
from diebian.kernel import clock
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.deadlines import Clock, Event, Kind

from .items.models import ItemVersion
from .models import Case, CaseEvent, State
from .selectors import clock_from, rule_of

DECIDED = (State.APPROVED, State.REFUSED)
CLOCK_KINDS = frozenset(Kind)
# Handed in by nobody: identity at sign-in, and whatever a department was asked.
SPARED = (
    '$.materials[*] ? (@.answered_by != "form" && @.answered_by != "statement"'
    ' && @.answered_by != "file")'
)

Clocks = Callable[[int, str], Clock]


def received(asked: Scope) -> QuerySet[Case]:
    rows = within(Case.objects.all(), asked, moment="received_at", county="county")
    return rows.filter(received_at__isnull=False).select_related("item")


def decided(asked: Scope) -> QuerySet[Case]:
    """Cases decided in the scope, with the moment and the history that the clock needs."""
    decisions = CaseEvent.objects.filter(kind=Kind.DECIDED)
    asked_for = within(decisions, asked, moment="at").values("case_id")
    first = decisions.filter(case=OuterRef("pk")).order_by("at").values("at")[:1]
    rows = Case.objects.filter(state__in=DECIDED, pk__in=asked_for).annotate(
        decided_at=Subquery(first), history=history()
    )
    return within(rows, asked, moment="decided_at", county="county").select_related("item")


def waiting() -> QuerySet[Case]:
    """Received, a department's system has not answered. `waiting_since` is the first miss."""
    misses = CaseEvent.objects.filter(case=OuterRef("pk"), kind="waiting").order_by("at")
    since = Coalesce(Subquery(misses.values("at")[:1]), F("received_at"))
    rows = Case.objects.filter(state=State.RECEIVED).exclude(waits_for="")
    return rows.annotate(waiting_since=since).select_related("item")


def issued(asked: Scope) -> QuerySet[Licence]:
    of_case = Case.objects.filter(case_no=OuterRef("case_no")).values("county")[:1]
    rows = licences().annotate(county=Subquery(of_case))
    return within(rows, asked, moment="issued_at", county="county")


def spared() -> Combinable:
    """How many materials the applicant of a case did not have to hand in, counted by SQL."""
    found: Combinable = Func(
        Coalesce(F("version__journey"), F("journey")),
        Cast(Value(SPARED), CharField()),
        function="jsonb_path_query_array",
        template="jsonb_array_length(jsonb_path_query_array(%(expressions)s::jsonpath))",
        output_field=IntegerField(),
    )
    return Coalesce(found, 0)


def history() -> Combinable:
    """ "received 2026-11-02  0,paused 2026-11-04 hearing 20,…": equal histories, equal clocks."""
    day = Cast(TruncDate("at", tzinfo=clock.CITY_TIME), CharField())
    told = StringAgg(
        Concat(
            F("kind"),
            Value(" "),
            day,
            Value(" "),
            F("cause"),
            Value(" "),
            F("days"),
            output_field=CharField(),
        ),
        delimiter=",",
        order_by=("at", "pk"),
    )
    events = CaseEvent.objects.filter(case=OuterRef("pk"), kind__in=CLOCK_KINDS)
    rows = events.order_by().values("case").annotate(told=told).values("told")
    return Coalesce(Subquery(rows), Value(""), output_field=TextField())


def calendar() -> WorkingCalendar:
    return once(working_calendar)


def clocks() -> Clocks:
    """The clock of an item's version and a history as of today. Each is computed once."""
    return once(_clocks)


def _clocks() -> Clocks:
    days = calendar()
    begun = ItemVersion.objects.filter(Exists(Case.objects.filter(version=OuterRef("pk"))))
    rules = {one.pk: rule_of(one.facts) for one in begun}

    @cache
    def tell(version: int, told: str) -> Clock:
        return clock_from(events_of(told), rules[version], days)

    return tell


def punctuality() -> Callable[[int, str], int]:
    """1 for a decided case within its promise, else 0."""
    tell = clocks()

    def weigh(version: int, told: str) -> int:
        return int(tell(version, told).is_on_time)

    return weigh


def events_of(told: str) -> list[Event]:
    lines = [one.split(" ") for one in told.split(",") if one]
    return [
        Event(Kind(kind), date.fromisoformat(day), cause, int(days))
        for kind, day, cause, days in lines
    ]
