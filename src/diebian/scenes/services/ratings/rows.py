"""What every verb needs: the locked row, the step it must be in, the trace it leaves."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.behalf import told_of
from diebian.scenes.services.rating_models import (
    LONGEST_WORDS,
    OrderEvent,
    OrderState,
    OrderWhat,
    Rating,
    RatingOrder,
)
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding

from . import policy
from .refusals import AnswerIncomplete, OrderElsewhere, OwnRating

WITH_ALL = ("rating__invitation__department", "rating__invitation__terms",
            "rating__invitation__case__item")  # fmt: skip


def locked(public_id: UUID, *states: str) -> RatingOrder:
    rows = RatingOrder.objects.select_for_update(of=("self",)).select_related(*WITH_ALL)
    order = rows.filter(public_id=public_id).first()
    if order is None:
        raise NotFound
    if states and order.state not in states:
        raise OrderElsewhere
    return order


def handled(public_id: UUID, by: Actor, *states: str) -> RatingOrder:
    """By the department: whoever is rated is refused with a sentence of its own."""
    order = locked(public_id, *states)
    if policy.is_rated(by, order) and policy.is_of_department(by, order):
        raise OwnRating
    if not policy.may_handle(by, order):
        raise Refused
    return order


def supervised(public_id: UUID, by: Actor, *states: str) -> RatingOrder:
    if not policy.supervises(by):
        raise Refused
    return locked(public_id, *states)


def worded(text: str) -> str:
    if not text.strip():
        raise AnswerIncomplete
    return text.strip()[:LONGEST_WORDS]


def move(order: RatingOrder, state: OrderState, what: OrderWhat, text: str, by: Actor) -> None:
    """To the next step, whose days begin now."""
    order.state, order.since, order.reminded = state, clock.now(), ""
    if state in {OrderState.CLOSED, OrderState.VOID}:
        order.closed_at = clock.now()
    order.save()
    write(order, what, text, by)


def write(order: RatingOrder, what: OrderWhat, text: str, by: Actor) -> None:
    name = "平台" if by == PLATFORM else "评价人" if by.is_person else by.name
    told = {"at": clock.now(), "by_name": name, "text": text[:LONGEST_WORDS]}
    OrderEvent.objects.create(order=order, what=what, **told)
    audit.record(by=by, action=f"services.rating_order.{what}", subject=order.audit_subject)


def department_keys(order: RatingOrder) -> list[str]:
    """Keys of those who deal with it: the handler, else the head; without one the authority."""
    if order.handler:
        return [order.handler]
    code = order.rating.invitation.department.credit_code
    return officials_holding(Post.HEAD, department=code) or supervisors()


def supervisors() -> list[str]:
    return officials_holding(Post.AUTHORITY)


def tell(keys: Iterable[str], order: RatingOrder, body: str) -> None:
    """Officials: the item and the grade, never who rated."""
    made = order.rating.invitation
    title = f"差评工单：{made.case.item.name}（{made.get_service_display()}）"
    link = reverse("services:rating-order", args=[order.public_id])
    notify_all(keys=keys, title=title, body=body, link=link, by=PLATFORM)


def tell_rater(rating: Rating, body: str) -> None:
    case = rating.invitation.case
    link = reverse("services:track", args=[case.case_no]) + "#rate"
    title = f"您的评价：{case.item.name}"
    notify_all(keys=told_of(case), title=title, body=body, link=link, by=PLATFORM)
