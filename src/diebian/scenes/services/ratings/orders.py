"""Dealing with a bad rating: assign, call back, put right and answer; contest; the authority's
decisions.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.rating_models import (
    WITH_DEPARTMENT,
    OrderEvent,
    OrderState,
    OrderWhat,
    RatingOrder,
    Responsibility,
)
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Refused,
    actor_by_username,
    officials_holding,
    party,
    subject_of,
)
from diebian.security.tracker.public import record_page_read

from . import policy
from .refusals import (
    AnswerIncomplete,
    ContestedBefore,
    HandlerUnknown,
    NoContact,
    NotCalledBack,
)
from .rows import (
    department_keys,
    handled,
    locked,
    move,
    supervised,
    supervisors,
    tell,
    tell_rater,
    worded,
    write,
)
from .terms import CALLS_WANTED, due_of, second_ends

PURPOSE = "差评回访"


@dataclass(frozen=True)
class Contact:
    """Who rated, for the call-back alone."""

    name: str
    phone: str
    case_no: str


def candidates(order: RatingOrder) -> list[Actor]:
    """Officials of the department whom it may be given to, without the one who is rated."""
    code = order.rating.invitation.department.credit_code
    keys = [key for post in policy.DESK for key in officials_holding(post, department=code)]
    found = map(actor_by_username, dict.fromkeys(keys))
    return [one for one in found if not policy.is_rated(one, order)]


@transaction.atomic
def assign(*, public_id: UUID, handler: str, by: Actor) -> None:
    order = locked(public_id, *WITH_DEPARTMENT)
    if not policy.may_assign(by, order):
        raise Refused
    chosen = next((one for one in candidates(order) if one.key == handler), None)
    if chosen is None:
        raise HandlerUnknown
    order.handler, order.handler_name = chosen.key, chosen.name
    order.save(update_fields=["handler", "handler_name"])
    write(order, OrderWhat.ASSIGNED, f"由{chosen.name}办理", by)
    tell([chosen.key], order, f"{by.name}请您办理这张工单：{due_of(order, working_calendar())}。")


@transaction.atomic
def reveal_contact(*, public_id: UUID, by: Actor) -> Contact:
    """Only for the call-back, and the person sees it in 谁查过我. Raises `NoContact`."""
    order = handled(public_id, by, *WITH_DEPARTMENT)
    case = order.rating.invitation.case
    try:
        known = party(case.applicant_key)
    except NotFound:
        raise NoContact from None
    record_page_read(
        by=by,
        subject=subject_of(case.applicant_key),
        purpose=PURPOSE,
        case_no=case.case_no,
        resource="差评工单",
        columns=["姓名", "电话"],
    )
    write(order, OrderWhat.REVEALED, "", by)
    return Contact(known.name, known.phone, case.case_no)


@transaction.atomic
def record_call(*, public_id: UUID, text: str, is_reached: bool, by: Actor) -> None:
    """`text`: what the person said, or how it was tried. Missed often enough, it counts."""
    order = handled(public_id, by, *WITH_DEPARTMENT)
    said = worded(text)
    if is_reached and order.state == OrderState.OPEN:
        move(order, OrderState.CALLED, OrderWhat.CALLED, said, by)
        return
    write(order, OrderWhat.CALLED if is_reached else OrderWhat.MISSED, said, by)
    if order.state == OrderState.OPEN and _missed(order) >= CALLS_WANTED:
        move(order, OrderState.CALLED, OrderWhat.CALLED, f"试过 {CALLS_WANTED} 次都没有联系上", by)


@transaction.atomic
def answer(*, public_id: UUID, responsibility: str, fix: str, text: str, by: Actor) -> None:
    """What was put right, and the answer to whoever rated, who may rate again."""
    order = handled(public_id, by, *WITH_DEPARTMENT)
    if order.state == OrderState.OPEN:
        raise NotCalledBack
    if responsibility not in Responsibility.values:
        raise AnswerIncomplete
    order.responsibility, order.fix, order.answer = responsibility, worded(fix), worded(text)
    order.answered_at = order.answered_at or clock.now()
    said = f"{Responsibility(responsibility).label}。{order.fix}"
    move(order, OrderState.ANSWERED, OrderWhat.ANSWERED, said, by)
    until = second_ends(order, working_calendar())
    tell_rater(order.rating, f"{order.answer.rstrip('。')}。您可以再评一次，{until}。")


@transaction.atomic
def contest(*, public_id: UUID, text: str, by: Actor) -> None:
    """申诉: the head says that the rating is mistaken or malicious. The answer's days go on."""
    order = locked(public_id, *WITH_DEPARTMENT)
    if not policy.leads(by, order):
        raise Refused
    if order.events.filter(what=OrderWhat.CONTESTED).exists():
        raise ContestedBefore
    move(order, OrderState.CONTESTED, OrderWhat.CONTESTED, worded(text), by)
    tell(
        supervisors(),
        order,
        f"{by.name}申诉：{text.strip()}。{due_of(order, working_calendar())}。",
    )


@transaction.atomic
def void(*, public_id: UUID, text: str, by: Actor) -> None:
    """The rating counts no more, and stays with its reason; who rated is told."""
    order = supervised(public_id, by, OrderState.CONTESTED)
    reason = worded(text)
    order.rating.void_reason = reason
    order.rating.save(update_fields=["void_reason"])
    move(order, OrderState.VOID, OrderWhat.VOIDED, reason, by)
    tell(department_keys(order), order, f"申诉成立，这次评价不计入：{reason}。")
    says = f"经主管部门核实，您的这次评价没有计入统计：{reason.rstrip('。')}。不同意的话请拨热线。"
    tell_rater(order.rating, says)


@transaction.atomic
def uphold(*, public_id: UUID, text: str, by: Actor) -> None:
    """The rating stands; the department goes on, its days have not stopped."""
    order = supervised(public_id, by, OrderState.CONTESTED)
    called = order.events.filter(what=OrderWhat.CALLED).exists()
    state = OrderState.CALLED if called else OrderState.OPEN
    move(order, state, OrderWhat.UPHELD, worded(text), by)
    due = due_of(order, working_calendar())
    tell(department_keys(order), order, f"申诉不成立，请继续办理：{text.strip()}。{due}。")


@transaction.atomic
def send_back(*, public_id: UUID, text: str, by: Actor) -> None:
    """After a second bad rating: the department does it again, its days begin anew."""
    order = supervised(public_id, by, OrderState.AGAIN)
    order.opened_at = clock.now()
    move(order, OrderState.CALLED, OrderWhat.SENT_BACK, worded(text), by)
    due = due_of(order, working_calendar())
    tell(department_keys(order), order, f"再次差评，退回重办：{text.strip()}。{due}。")


@transaction.atomic
def close(*, public_id: UUID, text: str, by: Actor) -> None:
    """After a second bad rating: what could be done was done; who rated is told why it ends."""
    order = supervised(public_id, by, OrderState.AGAIN)
    reason = worded(text)
    move(order, OrderState.CLOSED, OrderWhat.CLOSED, reason, by)
    tell_rater(order.rating, f"您的差评已由主管部门看过，到此办结：{reason.rstrip('。')}。")


@transaction.atomic
def close_silent(*, by: Actor) -> int:
    """Answered, and nobody rated again in the days for it; returns how many."""
    if not policy.may_remind(by):
        raise Refused
    calendar, closed = working_calendar(), 0
    rows = RatingOrder.objects.select_for_update(of=("self",)).filter(state=OrderState.ANSWERED)
    for order in rows.select_related("rating__invitation__terms"):
        if second_ends(order, calendar).is_late:
            move(order, OrderState.CLOSED, OrderWhat.CLOSED, "期满没有再评价", PLATFORM)
            closed += 1
    return closed


def _missed(order: RatingOrder) -> int:
    return OrderEvent.objects.filter(order=order, what=OrderWhat.MISSED).count()
