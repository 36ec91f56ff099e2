"""The ladder of reminders: the reviewers, on the last day the head as well, then the authority.

For the promise, for the law's day, and for the day until which a stop was said to last. Of one
department, limit and rung there is one message, however many cases it is about. A round looks only
at those for whom a rung begins.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.scenes.services.models import Case, KeptOutlook, Reminder
from diebian.scenes.services.outlooks import keep_rows
from diebian.scenes.services.watched import Watched, rung_today, watched
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    department_name,
    officials_holding,
)
from diebian.standards.dues import RUNGS, is_higher

from . import policy
from .carded import open_cases
from .heaps import EVERY, heaps_of, outlooks

Rung = tuple[Reminder.Limit, str]
Told = dict[Rung, list[tuple[Case, Watched]]]


def remind(*, by: Actor) -> int:
    """Each rung of each limit of each case once. Run it as often as you like.

    A transaction for each department: its cases are held while it is told of them, no others.
    """
    if not policy.may_remind(by):
        raise Refused
    codes = _due().values_list("department__credit_code", flat=True)
    return sum(_remind(code, by) for code in codes.order_by().distinct())


@transaction.atomic
def _remind(department: str, by: Actor) -> int:
    told: Told = defaultdict(list)
    keys = _locked(department)
    calendar, foresee, today = working_calendar(), outlooks(), clock.today()
    looked: list[KeptOutlook] = []
    for heap in heaps_of(open_cases().filter(pk__in=keys), EVERY):
        for day in watched(heap.clock):
            rung = rung_today(day, heap.clock, calendar)
            for case in _not_told_yet(heap.first, day, rung):
                told[day.limit, rung].append((case, day))
        ahead = foresee(heap)
        looked += [ahead.row_of(key, looked_on=today) for key in heap.first]
    keep_rows(looked)
    for (limit, rung), found in told.items():
        _keep(found, rung, by)
        _tell(department, limit, rung, found)
    return sum(map(len, told.values()))


def _due() -> QuerySet[Case]:
    """Those for whom a rung begins, and those of whom it is not known when."""
    is_due = Q(outlook__look_on__lte=clock.today()) | Q(outlook__is_derived=False)
    return Case.objects.filter(is_due)


def _locked(department: str) -> list[int]:
    """Keys: whoever writes an event of theirs waits, and what is kept of them is not overtaken."""
    rows = _due().filter(department__credit_code=department).order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def _not_told_yet(keys: Sequence[int], day: Watched, rung: str) -> list[Case]:
    if not rung:
        return []
    kept = Reminder.objects.filter(case__in=keys, limit=day.limit, due=day.on)
    reached = dict(kept.values_list("case_id", "reminded"))
    fresh = [key for key in keys if is_higher(rung, reached.get(key, ""))]
    rows = Case.objects.filter(pk__in=fresh).select_related("item", "department")
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
    (first, day), rest = min(found, key=_age), len(found) - 1
    link = reverse("services:limits-case", args=[first.case_no])
    item = first.item.name
    body = f"{limit.label}{RUNGS[rung]}：办件 {first.case_no}（{item}），{day.due}。"
    if rest:
        link = reverse("services:limits")
        body += f"另有 {rest} 件也是这样。"
    title = f"办件时限：{department_name(department)}"
    notify_all(keys=_reached(rung, department), title=title, body=body, link=link, by=PLATFORM)


def _age(one: tuple[Case, Watched]) -> tuple[object, int]:
    case, _ = one
    return case.received_at, case.pk


def _reached(rung: str, department: str) -> list[str]:
    """Keys of those whom a rung reaches."""
    keys = officials_holding(Post.REVIEWER, department=department)
    if rung != "near":
        keys += officials_holding(Post.HEAD, department=department)
    if rung == "late":
        keys += officials_holding(Post.AUTHORITY)
    return keys
