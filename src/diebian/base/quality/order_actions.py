"""An order's life in people's hands: the provider answers, the authority rules on a dispute."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding

from . import policy
from .models import Order, OrderState, Rule
from .refusals import SaysNothing, WrongState

LONGEST = 500
ANSWERABLE = {OrderState.OPEN}


@transaction.atomic
def mend(*, order_id: UUID, how: str, by: Actor) -> Order:
    """Mended at the source. The next run over newly collected rows says whether it is."""
    return _answered(order_id, OrderState.MENDED, how, by)


@transaction.atomic
def dispute(*, order_id: UUID, reason: str, by: Actor) -> Order:
    """The rows are right as they are, or the rule is wrong: the authority decides."""
    order = _answered(order_id, OrderState.DISPUTED, reason, by)
    tell_of(order, officials_holding(Post.AUTHORITY), f"提供部门有异议：{order.answer}。请裁定。")
    return order


@transaction.atomic
def uphold(*, order_id: UUID, reason: str, by: Actor) -> Order:
    """异议成立: as many failing rows as now may stand; more of them open another order."""
    order = _ruled(order_id, OrderState.EXCUSED, reason, by)
    Rule.objects.filter(pk=order.rule_id).update(excused=order.failed_now)
    tell_of(order, provider_office(order), f"异议成立：{order.ruling}。不用再改。")
    return order


@transaction.atomic
def overrule(*, order_id: UUID, reason: str, by: Actor) -> Order:
    order = _ruled(order_id, OrderState.OPEN, reason, by)
    tell_of(order, provider_office(order), f"异议不成立：{order.ruling}。请按期整改。")
    return order


def provider_office(order: Order) -> list[str]:
    department = department_of(order)
    return [
        *officials_holding(Post.DATA_MANAGER, department=department),
        *officials_holding(Post.DATA_HEAD, department=department),
    ]


def department_of(order: Order) -> str:
    code: str = order.rule.collection.source.department.credit_code
    return code


def tell_of(order: Order, keys: list[str], says: str) -> None:
    notify_all(
        keys=keys,
        title=f"质量工单：{order.rule.collection.title}",
        body=f"{order.rule.says}：{order.failed_now} 行不合。{says}"[:LONGEST],
        link=reverse("quality:order", args=[order.public_id]),
        by=PLATFORM,
    )


def _answered(order_id: UUID, state: OrderState, text: str, by: Actor) -> Order:
    order = _locked(order_id, by)
    if not policy.may_answer(by, department_of(order)):
        raise Refused
    if order.state not in ANSWERABLE:
        raise WrongState
    order.answer = _said(text)
    order.answered_by, order.answered_at, order.state = by.name, clock.now(), state
    if state == OrderState.DISPUTED:  # from now on it is the authority's turn
        order.since, order.reminded = clock.now(), ""
    return _kept(order, by)


def _ruled(order_id: UUID, state: OrderState, text: str, by: Actor) -> Order:
    order = _locked(order_id, by)
    if not policy.may_rule(by):
        raise Refused
    if order.state != OrderState.DISPUTED:
        raise WrongState
    order.ruling, order.state = _said(text), state
    if state == OrderState.EXCUSED:
        order.closed_at = clock.now()
    else:
        order.since, order.reminded = clock.now(), ""
    return _kept(order, by)


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise SaysNothing
    return said[:LONGEST]


def _locked(order_id: UUID, by: Actor) -> Order:
    rows = Order.objects.select_for_update(of=("self",))
    told = rows.select_related("rule__collection__source__department")
    found = told.filter(public_id=order_id).first()
    if found is None or not policy.may_see(by, department_of(found)):
        raise NotFound
    return found


def _kept(order: Order, by: Actor) -> Order:
    order.save()
    audit.record(by=by, action=f"quality.order.{order.state}", subject=order.audit_subject)
    return order
