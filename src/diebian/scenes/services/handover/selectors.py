"""What is owed on paper, and its last day: counted from the rows and the working calendar."""

from dataclasses import dataclass

from django.db.models import QuerySet

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.scenes.services.models import OPEN, Case, Handout, Handover, State
from diebian.standards.calendar import UnknownYear, WorkingCalendar
from diebian.standards.dues import Due, due_after
from diebian.standards.procedures import HANDED_OVER

SAYABLE = (*OPEN, State.APPROVED)
WHAT = "交给申请人"


@dataclass(frozen=True)
class Told:
    """How the applicant of one case wants it; `due`: of what is owed, where a law counts days."""

    row: Handover
    due: Due | None
    is_owed: bool


def owed() -> QuerySet[Handover]:
    return Handover.objects.filter(since__isnull=False, ended_at=None)


def due_of(row: Handover, calendar: WorkingCalendar | None = None) -> Due | None:
    """None where no law counts its days, or it is not owed yet."""
    if row.since is None or not row.is_licence:
        return None
    return due_after(WHAT, row.since, HANDED_OVER, calendar or working_calendar())


def late(rows: QuerySet[Handover], calendar: WorkingCalendar) -> QuerySet[Handover]:
    """Of these, what is past its last day."""
    try:
        first = calendar.back(calendar.on_or_after(clock.today()), HANDED_OVER.days)
    except UnknownYear:  # then no last day is known either
        return rows.none()
    return rows.filter(is_licence=True, since__lt=clock.midnight(first))


def told_of(case: Case) -> Told | None:
    """None where nobody said anything and nothing is owed."""
    row: Handover | None = getattr(case, "handover", None)
    if row is None:
        return None
    is_owed = row.since is not None and row.ended_at is None
    return Told(row, due_of(row) if is_owed else None, is_owed)


def is_sayable(case: Case, handout: Handout | None) -> bool:
    """Whether the applicant may still say how: as long as she does not have it."""
    has_it = handout is not None and handout.returned_at is None
    return case.state in SAYABLE and not has_it


def is_to_be_mailed(case: Case) -> bool:
    return owed().filter(case=case, way=Handover.Way.MAIL).exists()
