"""By when each step is to come to something, in working days; nobody's clock runs afterwards."""

from collections.abc import Mapping

from diebian.base.directory.public import city, working_calendar
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.disputes import Step, limit_of
from diebian.standards.dues import Due, due_after
from diebian.standards.sharing import CHANGE

from .models import Dispute, Outcome, State

STEPS: Mapping[str, tuple[str, Step]] = {
    State.TALKING: ("协商出结果", Step.TALK),
    State.COORDINATION: ("提出协调意见", Step.COORDINATION),
    State.COORDINATED: ("接受或不接受", Step.OBJECTION),
    State.GOVERNMENT: ("报请决定并登记", Step.DECISION),
}


def promised_days() -> Mapping[str, int]:
    """What this city promises."""
    found = city()
    return found.dispute_days if found else {}


def due_of(
    dispute: Dispute,
    calendar: WorkingCalendar | None = None,
    promised: Mapping[str, int] | None = None,
) -> Due | None:
    """For a list, `calendar` and `promised` are asked once."""
    calendar = calendar or working_calendar()
    if dispute.state in STEPS:
        what, step = STEPS[dispute.state]
        days = promised_days() if promised is None else promised
        return due_after(what, dispute.since, limit_of(step, days), calendar)
    if is_to_be_carried_out(dispute):
        return due_after("落实", dispute.since, CHANGE, calendar)
    return None


def is_to_be_carried_out(dispute: Dispute) -> bool:
    is_changed = dispute.state == State.DECIDED and dispute.outcome == Outcome.OVERTURNED
    return is_changed and dispute.carried_out_at is None
