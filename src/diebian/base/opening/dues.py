"""By when a request of the public is answered; assigning it to a department moves no day."""

from diebian.base.directory.public import working_calendar
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.dues import Due, due_after
from diebian.standards.opening import ANSWER

from .models import DataRequest


def due_of(request: DataRequest, calendar: WorkingCalendar | None = None) -> Due | None:
    """For a list, `calendar` is asked once. None once it is answered."""
    if request.outcome:
        return None
    return due_after("答复", request.asked_at, ANSWER, calendar or working_calendar())
