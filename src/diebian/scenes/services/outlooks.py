"""The outlook of an open case, kept beside it: by whoever writes its events, and by night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.standards.calendar import UnknownYear, WorkingCalendar
from diebian.standards.deadlines import Event, Kind, Rule
from diebian.standards.outlook import outlook

from .models import OPEN, Case, CaseEvent, KeptOutlook
from .selectors import CLOCK_KINDS, rule_of
from .watched import rung_days

FACTS = ("yellow_from", "red_from", "look_on", "looked_on", "is_derived")


@dataclass(frozen=True)
class Foreseen:
    """The days that are kept. `rungs`: all on which the ladder goes up, in order."""

    yellow_from: date | None = None
    red_from: date | None = None
    rungs: Sequence[date] = ()
    is_derived: bool = False

    def look_on(self, looked_on: date | None) -> date | None:
        """The next day for a round, after the one that has looked."""
        later = (day for day in self.rungs if looked_on is None or day > looked_on)
        return next(later, None)

    def row_of(self, case: int, looked_on: date | None = None) -> KeptOutlook:
        return KeptOutlook(
            case_id=case,
            yellow_from=self.yellow_from,
            red_from=self.red_from,
            look_on=self.look_on(looked_on),
            looked_on=looked_on,
            is_derived=self.is_derived,
        )

    def is_kept(self, row: KeptOutlook | None) -> bool:
        if row is None:
            return False
        expected = self.row_of(row.case_id, row.looked_on)
        return all(getattr(row, name) == getattr(expected, name) for name in FACTS)


UNFORESEEN = Foreseen()


def foresee(events: Sequence[Event], rule: Rule, calendar: WorkingCalendar) -> Foreseen:
    """Without an event, or without a calendar for its years, nothing is foreseen of a case."""
    if not events:
        return UNFORESEEN
    try:
        ahead = outlook(events, rule, calendar)
    except UnknownYear:
        return UNFORESEEN
    rungs = rung_days(ahead, calendar)
    return Foreseen(ahead.yellow_from, ahead.red_from, rungs, is_derived=True)


def keep_outlook(case: Case) -> None:
    """In the transaction that has written an event of the case, whose row it has locked."""
    if case.state in OPEN:
        rule = rule_of(case.version.facts)
        keep_rows([foresee(_events(case), rule, working_calendar()).row_of(case.pk)])
    else:
        KeptOutlook.objects.filter(case=case).delete()


def keep_rows(rows: Sequence[KeptOutlook]) -> None:
    KeptOutlook.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=FACTS,
        batch_size=2000,
    )


def _events(case: Case) -> list[Event]:
    rows = CaseEvent.objects.filter(case=case, kind__in=CLOCK_KINDS)
    return [
        Event(Kind(kind), at.astimezone(clock.CITY_TIME).date(), cause, days)
        for kind, at, cause, days in rows.values_list("kind", "at", "cause", "days")
    ]
