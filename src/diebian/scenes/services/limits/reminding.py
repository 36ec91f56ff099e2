"""The ladder of reminders: the reviewers, on the last day the head as well, then the authority.

For the promise, for the law's day, and for the day until which a stop was said to last. Of one
department, limit and rung there is one message, however many cases it is about.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class Watched:
    """One day that a case has to keep."""

    limit: Reminder.Limit
    what: str
    on: date
    is_late: bool

    @property
    def due(self) -> Due:
        return Due(self.what, self.on, self.is_late, source="")


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung of each limit of each case once. Run it as often as you like."""
    if not policy.may_remind(by):
        raise Refused
    calendar = working_calendar()
    told: dict[Place, list[tuple[Case, Watched]]] = defaultdict(list)
    for heap in heaps_of(open_cases(), EVERY):
        for day in _days(heap.clock):
            rung = _rung(day, heap.clock, calendar)
            for case in _not_told_yet(heap.first, day, rung):
                told[case.item.department.credit_code, day.limit, rung].append((case, day))
    for (department, limit, rung), found in told.items():
        _keep(found, rung, by)
        _tell(department, limit, rung, found)
    return sum(map(len, told.values()))


def _days(told: Clock) -> Iterator[Watched]:
    """While the clock stands its end moves: then the day that was told is what is due."""
    stop = told.open_stop
    if stop is not None:
        if stop.told is not None:
            what = f"结束{stop.title}"
            yield Watched(Reminder.Limit.STOP, what, stop.told, stop.is_over_told)
        return
    if told.promised_due is None or told.statutory_due is None:
        return
    what = "作出决定"
    yield Watched(Reminder.Limit.PROMISE, what, told.promised_due, told.is_past_promise)
    if told.statutory_due != told.promised_due:
        yield Watched(Reminder.Limit.STATUTE, what, told.statutory_due, told.is_past_statute)


def _rung(day: Watched, told: Clock, calendar: WorkingCalendar) -> str:
    rung = rung_of(day.due, calendar)
    if day.limit == Reminder.Limit.PROMISE and rung in {"", "near"}:
        # As on the yellow card: a fifth is left, however long the whole is.
        return "near" if told.card == Card.YELLOW else ""
    return rung


def _not_told_yet(keys: Sequence[int], day: Watched, rung: str) -> list[Case]:
    if not rung:
        return []
    kept = Reminder.objects.filter(case__in=keys, limit=day.limit, due=day.on)
    reached = dict(kept.values_list("case_id", "reminded"))
    fresh = [key for key in keys if is_higher(rung, reached.get(key, ""))]
    rows = Case.objects.filter(pk__in=fresh).select_related("item__department")
    return list(rows.order_by("received_at", "pk"))


def _keep(found: Sequence[tuple[Case, Watched]], rung: str, by: Actor) -> None:
    Reminder.objects.bulk_create(
        [Reminder(case=case, limit=day.limit, due=day.on, reminded=rung) for case, day in found],
        update_conflicts=True,
        unique_fields=["case", "limit", "due"],
        update_fields=["reminded"],
    )
    subjects = [f"case:{case.case_no}" for case, _ in found]
    audit.record_each(by=by, action=f"services.case.reminded_{rung}", subjects=subjects)


def _tell(
    department: str, limit: Reminder.Limit, rung: str, found: Sequence[tuple[Case, Watched]]
) -> None:
    """The oldest stands in the words: the list begins with it."""
    (first, day), rest = found[0], len(found) - 1
    link = reverse("services:limits-case", args=[first.case_no])
    item = first.item.name
    body = f"{limit.label}{RUNGS[rung]}：办件 {first.case_no}（{item}），{day.due}。"
    if rest:
        link = reverse("services:limits")
        body += f"另有 {rest} 件也是这样。"
    title = f"办件时限：{department_name(department)}"
    notify_all(keys=_reached(rung, department), title=title, body=body, link=link, by=PLATFORM)


def _reached(rung: str, department: str) -> list[str]:
    """Keys of those whom a rung reaches."""
    keys = officials_holding(Post.REVIEWER, department=department)
    if rung != "near":
        keys += officials_holding(Post.HEAD, department=department)
    if rung == "late":
        keys += officials_holding(Post.AUTHORITY)
    return keys
