"""By when the provider has to answer: ten working days, anew from the day of a ruling."""

from diebian.base.directory.public import working_calendar
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.dues import Due, due_after
from diebian.standards.sharing import CORRECTION

from .models import UNSETTLED, Correction


def due_of(correction: Correction, calendar: WorkingCalendar | None = None) -> Due | None:
    """For a list, `calendar` is asked once. None once it is answered."""
    if correction.state not in UNSETTLED:
        return None
    since, calendar = correction.reopened_at or correction.opened_at, calendar or working_calendar()
    return due_after("改正" if correction.ruling else "核实并答复", since, CORRECTION, calendar)
