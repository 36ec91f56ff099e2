"""The ladder of an unpaid fee: the person first, on the last day whoever waits for it as well."""

from django.db import transaction
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import climbed, notify_all
from diebian.base.payments.public import Order, open_orders
from diebian.kernel import clock
from diebian.scenes.services.behalf import told_of
from diebian.scenes.services.fees.selectors import PREFIX
from diebian.scenes.services.models import Case
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding
from diebian.standards.dues import RUNGS, Due

STEP = "services.case.fee"  # in the trail, with the rung behind it


@transaction.atomic
def remind_of_fees(*, by: Actor) -> int:
    """Each rung of each unpaid fee once. Run it as often as you like."""
    if by != PLATFORM:
        raise Refused
    calendar, told = working_calendar(), 0
    orders = list(open_orders(PREFIX))
    numbers = [one.matter.removeprefix(PREFIX) for one in orders]
    cases = Case.objects.filter(case_no__in=numbers).select_related(
        "item__department", "department"
    )
    known = {one.case_no: one for one in cases}
    for order in orders:
        case = known[order.matter.removeprefix(PREFIX)]
        due = Due("缴费", order.due, order.due < clock.today(), source="")
        if rung := climbed(order, due, calendar, action=STEP, subject=order.matter, by=by):
            _tell(case, order, rung)
            told += 1
    return told


def _tell(case: Case, order: Order, rung: str) -> None:
    day = f"{order.due.month} 月 {order.due.day} 日"
    after = "还可以缴，缴了接着办；不想办了，在办件里撤回。" if rung == "late" else "缴了接着办。"
    notify_all(
        keys=told_of(case),
        title=f"缴费：{case.item.name}",
        body=f"{order.yuan} 元还没有缴，最晚 {day}，{RUNGS[rung]}。网上或者到窗口都能缴，{after}",
        link=reverse("services:fee", args=[case.case_no]),
        by=PLATFORM,
    )
    if rung in {"last", "late"}:
        notify_all(
            keys=officials_holding(Post.REVIEWER, department=case.department.credit_code),
            title=f"等申请人缴费：{case.item.name}",
            body=f"办件 {case.case_no}：{order.yuan} 元最晚 {day}缴，{RUNGS[rung]}。"
            "已经提醒申请人，缴了自动接着办；没有手机的，请打电话问一声。",
            link=reverse("services:work", args=[case.case_no]),
            by=PLATFORM,
        )
