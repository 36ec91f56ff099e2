"""The days that are promised, and the words to tick: of the city, or the project's own."""

from collections.abc import Mapping, Sequence

from diebian.kernel import clock
from diebian.scenes.services.rating_models import Invitation, OrderState, RatingOrder, RatingTerms
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.dues import Due, due_after
from diebian.standards.ratings import BAD_GRADES, Grade, Step, limit_of
from diebian.standards.sharing import Limit

CALLS_WANTED = 3  # missed ones that count as a call-back; this project's own
GOOD_WORDS = ("态度好", "办得快", "说得清楚", "少跑路")
FAIR_WORDS = ("还可以再快些", "指引再清楚些")
BAD_WORDS = ("态度不好", "等得太久", "说不清楚", "多跑了路", "多要了材料", "系统不好用")
# From when the days of a step count: the answer's from the beginning, the others' from the step.
STEPS: Mapping[str, tuple[str, Step]] = {
    OrderState.OPEN: ("回访评价人", Step.CALL_BACK),
    OrderState.CALLED: ("整改并答复", Step.ANSWER),
    OrderState.CONTESTED: ("决定申诉", Step.DECIDE),
    OrderState.AGAIN: ("决定怎样办", Step.DECIDE),
}


def terms_now() -> RatingTerms | None:
    """None where the city has promised nothing."""
    return RatingTerms.objects.filter(since__lte=clock.today()).order_by("-since").first()


def limit(step: Step, terms: RatingTerms | None) -> Limit:
    return limit_of(step, terms.days if terms else {})


def closes(one: Invitation, calendar: WorkingCalendar) -> Due:
    """The last day on which a service may be rated; none while the year has no calendar."""
    return due_after("评价", one.invited_at, limit(Step.OPEN, one.terms), calendar)


def due_of(order: RatingOrder, calendar: WorkingCalendar) -> Due | None:
    """Of whoever acts now."""
    if order.state not in STEPS:
        return None
    what, step = STEPS[order.state]
    since = order.opened_at if step == Step.ANSWER else order.since
    return due_after(what, since, limit(step, order.rating.invitation.terms), calendar)


def second_ends(order: RatingOrder, calendar: WorkingCalendar) -> Due:
    """After that nobody waits for a second rating any more."""
    days = limit(Step.SECOND, order.rating.invitation.terms)
    return due_after("再评价", order.since, days, calendar)


def tags_of(terms: RatingTerms | None) -> Mapping[int, Sequence[str]]:
    """Words to tick beside each grade."""
    own = terms.tags if terms else {}
    return {grade.value: own.get(grade.name.lower(), _usual(grade)) for grade in Grade}


def _usual(grade: Grade) -> Sequence[str]:
    if grade in BAD_GRADES:
        return BAD_WORDS
    return FAIR_WORDS if grade == Grade.FAIR else GOOD_WORDS
