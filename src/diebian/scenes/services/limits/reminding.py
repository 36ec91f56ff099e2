"""The ladder of reminders: the reviewers, on the last day the head as well, then the authority.

For the promise, for the law's day, and for the day until which a stop was said to last. Of one
department, limit and rung there is one message, however many cases it is about.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import notify_all
from diebian.scenes.services.models import Case, Reminder
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    department_name,
    officials_holding,
)
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.deadlines import Card, Clock
from diebian.standards.dues import RUNGS, Due, is_higher, rung_of

from . import policy
from .heaps import EVERY, heaps_of, open_cases

Place = tuple[str, Reminder.Limit, str]  # department, limit, rung


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung of each limit of each case once. Run it as often as you like."""
    if not policy.may_remind(by):
        raise Refused
    calendar = working_calendar()
    told: dict[Place, list[tuple[Case, Due]]] = defaultdict(list)
    for heap in heaps_of(open_cases(), EVERY):
        for limit, due, rung in _rungs(heap.clock, calendar):
            for case in _not_told_yet(heap.first, limit, due, rung):
                told[case.item.department.credit_code, limit, rung].append((case, due))
    for (department, limit, rung), found in told.items():
        _keep(found, limit, rung, by)
        _tell(department, limit, rung, found)
    return sum(map(len, told.values()))


def _rungs(told: Clock, calendar: WorkingCalendar) -> Iterator[tuple[Reminder.Limit, Due, str]]:
    for limit, due in _dues(told):
        rung = rung_of(due, calendar)
        if limit == Reminder.Limit.PROMISE and rung in {"", "near"}:
            # As on the yellow card: a fifth is left, however long the whole is.
            rung = "near" if told.card == Card.YELLOW else ""
        if rung:
            yield limit, due, rung


def _dues(told: Clock) -> Iterator[tuple[Reminder.Limit, Due]]:
    """While the clock stands its end moves: then the day that was told is what is due."""
    stop = told.open_stop
    if stop is not None:
        if stop.told is not None:
            due = Due(f"结束{stop.title}", stop.told, stop.is_over_told, "")
            yield Reminder.Limit.STOP, due
        return
    if told.promised_due is None or told.statutory_due is None:
        return
    yield Reminder.Limit.PROMISE, Due("作出决定", told.promised_due, told.is_past_promise, "")
    if told.statutory_due != told.promised_due:
        yield Reminder.Limit.STATUTE, Due("作出决定", told.statutory_due, told.is_past_statute, "")


def _not_told_yet(keys: object, limit: str, due: Due, rung: str) -> Iterator[Case]:
    rows = Case.objects.filter(pk__in=keys).select_related("item__department")
    kept = Reminder.objects.filter(case__in=keys, limit=limit, due=due.on)
    reached = dict(kept.values_list("case_id", "reminded"))
    for case in rows.order_by("received_at", "pk"):
        if is_higher(rung, reached.get(case.pk, "")):
            yield case


def _keep(found: list[tuple[Case, Due]], limit: str, rung: str, by: Actor) -> None:
    Reminder.objects.bulk_create(
        [Reminder(case=case, limit=limit, due=due.on, reminded=rung) for case, due in found],
        update_conflicts=True,
        unique_fields=["case", "limit", "due"],
        update_fields=["reminded"],
    )
    subjects = [f"case:{case.case_no}" for case, _ in found]
    audit.record_each(by=by, action=f"services.case.reminded_{rung}", subjects=subjects)


def _tell(department: str, limit: Reminder.Limit, rung: str, found: list[tuple[Case, Due]]) -> None:
    """The oldest stands in the words: the list begins with it."""
    (first, due), rest = found[0], len(found) - 1
    link = reverse("services:limits-case", args=[first.case_no])
    body = f"{limit.label}{RUNGS[rung]}：办件 {first.case_no}（{first.item.name}），{due}。"
    if rest:
        link = reverse("services:limits")
        body += f"另有 {rest} 件也是这样。"
    title = f"办件时限：{department_name(department)}"
    notify_all(keys=reached(rung, department), title=title, body=body, link=link, by=PLATFORM)


def reached(rung: str, department: str) -> list[str]:
    """Keys of those whom a rung reaches."""
    keys = officials_holding(Post.REVIEWER, department=department)
    if rung != "near":
        keys += officials_holding(Post.HEAD, department=department)
    if rung == "late":
        keys += officials_holding(Post.AUTHORITY)
    return keys
