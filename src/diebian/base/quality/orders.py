"""Orders that follow from what was found: opened, closed and reopened by nobody's hand."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.lake.public import LakeTable
from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Post, officials_holding
from diebian.standards.calendar import WorkingCalendar

from .dues import due_of
from .models import UNSETTLED, Order, OrderState, Rule, Run
from .passes import Found

Looked = tuple[Run, LakeTable, Sequence[Found]]
OPENED, CLOSED, REOPENED = "opened", "closed", "reopened"
WORDS = {OPENED: "新开", CLOSED: "复查通过", REOPENED: "复查没有通过，重新打开"}
FIELDS = ["state", "failed_now", "since", "times_reopened", "closed_at", "reminded"]


def follow(*, looked: Sequence[Looked], by: Actor) -> None:
    """Inside the transaction that writes the results. Rules are locked, so each has one order."""
    pks = [found.rule.pk for _, _, told in looked for found in told]
    locked = Rule.objects.select_for_update().filter(pk__in=pks, ended_at=None)
    excused = dict(locked.values_list("pk", "excused"))
    unsettled = Order.objects.filter(rule__in=excused, state__in=UNSETTLED)
    open_now = {one.rule_id: one for one in unsettled.select_related("rule")}
    calendar, new, moved = working_calendar(), [], []
    told: dict[str, Counter[str]] = {}
    subjects = defaultdict[str, list[str]](list)
    for run, table, found in looked:
        counted: Counter[str] = Counter()
        for one in found:
            pk = one.rule.pk
            if pk not in excused or one.sentence:  # ended meanwhile, or nothing is known
                continue
            order = open_now.get(pk)
            if order is None and one.failed > excused[pk]:
                new.append(_opened(one.rule, one.failed))
                counted[OPENED] += 1
            elif order is not None:
                steps = list(_rechecked(order, one.failed, run, calendar))
                counted.update(steps)
                if steps or order.failed_now != one.failed:
                    order.failed_now = one.failed
                    moved.append(order)
        told.setdefault(table.department, Counter()).update(counted)
        for what in counted:
            subjects[what].append(f"quality.table:{table.slug}")
    for what, tables in subjects.items():
        audit.record_each(by=by, action=f"quality.orders.{what}", subjects=tables)
    Order.objects.bulk_create(new, batch_size=2000)
    Order.objects.bulk_update(moved, FIELDS, batch_size=2000)
    for department, counted in told.items():
        _tell(department, counted)


def _opened(rule: Rule, failed: int) -> Order:
    now = clock.now()
    return Order(rule=rule, opened_at=now, since=now, failed=failed, failed_now=failed)


def _rechecked(order: Order, failed: int, run: Run, calendar: WorkingCalendar) -> Iterator[str]:
    if failed <= order.rule.excused:
        order.state, order.closed_at = OrderState.CLOSED, clock.now()
        yield CLOSED
    elif order.state == OrderState.MENDED and _is_recheck(order, run, calendar):
        order.state, order.since, order.reminded = OrderState.OPEN, clock.now(), ""
        order.times_reopened += 1
        yield REOPENED


def _is_recheck(order: Order, run: Run, calendar: WorkingCalendar) -> bool:
    """Rows collected before the answer prove nothing against it. But it has to come by its day."""
    if _is_after(run.collected_at, order.answered_at):
        return True
    due = due_of(order, calendar)
    return due is not None and due.is_late


def _is_after(moment: datetime | None, other: datetime | None) -> bool:
    return moment is not None and other is not None and moment > other


def _tell(department: str, counted: Counter[str]) -> None:
    """One notice for all: who has a thousand tables does not want a thousand notices."""
    if not counted:
        return
    says = "，".join(f"{WORDS[what]} {count} 件" for what, count in sorted(counted.items()))
    notify_all(
        keys=officials_holding(Post.DATA_MANAGER, department=department),
        title="质量工单",
        body=f"{says}。请看清单，按期在源头改好。",
        link=reverse("quality:orders"),
        by=PLATFORM,
    )
