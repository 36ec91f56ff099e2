"""The ladders of reminders, one notice to each person however many entries it is about.

Publication: the authority's two working days, and ten from a fact to its changed entry
(国务院令第809号 第十七条). 复核: the data manager a month ahead, then the head as well, on the last
day the authority as well.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import climbed, notify_all
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    department_name,
)
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.dues import RUNGS, Due, new_rung

from . import policy
from .models import ChangeState, Entry, EntryChange, State
from .reviews import AHEAD, review_due
from .telling import holding
from .waiting import due_of_change, due_of_entry

MANAGER, OFFICE = (Post.DATA_MANAGER,), (Post.DATA_MANAGER, Post.DATA_HEAD)
REVIEWERS: Mapping[str, tuple[Post, ...]] = {
    "soon": MANAGER,
    "near": OFFICE,
    "last": OFFICE,
    "late": OFFICE,
}
TO_AUTHORITY = ("last", "late")
STEP = "catalogue.entry.reminded"  # in the trail, with the rung behind it
KEPT = "到期没有复核的，没有部门在用就自动撤销；还有部门在用的不撤销，但请尽快复核"


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung once; returns how many notices were given. Run it as often as you like."""
    if not policy.may_remind(by):
        raise Refused
    calendar = working_calendar()
    return _of_reviews(calendar, by) + _of_steps(calendar, by)


def _of_reviews(calendar: WorkingCalendar, by: Actor) -> int:
    """By department and rung, for the city may have thousands that are due on one day."""
    due = Entry.objects.filter(state=State.PUBLISHED, review_due__lte=clock.today() + AHEAD)
    alike = due.order_by().values_list("provider__credit_code", "review_due", "reminded").distinct()
    counts: Counter[tuple[str, str]] = Counter()
    for code, day, reminded in alike:
        if rung := new_rung(review_due(day), reminded, calendar, ahead=AHEAD):
            rows = due.filter(provider__credit_code=code, review_due=day, reminded=reminded)
            counts[code, rung] += rows.update(reminded=rung)
    told = sum(_tell_office(code, rung, count, by) for (code, rung), count in counts.items())
    return told + _tell_authority(counts)


def _tell_office(code: str, rung: str, count: int, by: Actor) -> int:
    action, subject = f"catalogue.review.reminded_{rung}", f"catalogue.reviews:{code}"
    audit.record(by=by, action=action, subject=subject)
    body = f"{department_name(code)}有 {count} 条目录要复核，{RUNGS[rung]}。{KEPT}。"
    link = reverse("catalogue:many", args=["review"])
    return _notify(REVIEWERS[rung], code, "目录复核", body, link)


def _tell_authority(counts: Mapping[tuple[str, str], int]) -> int:
    """One notice for the whole city, not one for each department."""
    told = 0
    for rung in TO_AUTHORITY:
        of = {code: count for (code, reached), count in counts.items() if reached == rung}
        if of:
            says = f"{len(of)} 个部门有 {sum(of.values())} 条目录要复核，{RUNGS[rung]}"
            link = reverse("catalogue:entries")
            told += _notify((Post.AUTHORITY,), "", "目录复核", f"{says}。{KEPT}。", link)
    return told


def _of_steps(calendar: WorkingCalendar, by: Actor) -> int:
    """What waits for a head or for the authority, entries and changes together."""
    told: Counter[tuple[str, str, Due]] = Counter()
    entries = Entry.objects.select_for_update(of=("self",)).filter(state=State.SUBMITTED)
    changes = EntryChange.objects.select_for_update(of=("self",)).select_related("entry__provider")
    waiting = changes.filter(
        entry__state=State.PUBLISHED,
        state__in=[ChangeState.OFFICE_REVIEW, ChangeState.SUBMITTED],
    )
    for entry in entries:
        due, subject = due_of_entry(entry, calendar), entry.audit_subject
        if due and (rung := climbed(entry, due, calendar, action=STEP, subject=subject, by=by)):
            told["", rung, due] += 1
    for change in waiting:
        due, subject = due_of_change(change, calendar), change.entry.audit_subject
        if due and (rung := climbed(change, due, calendar, action=STEP, subject=subject, by=by)):
            told[_head_of(change), rung, due] += 1
    return sum(_tell_step(*group, count) for group, count in told.items())


def _tell_step(head_of: str, rung: str, due: Due, count: int) -> int:
    body = f"有 {count} 条目录或变更等着处理，{RUNGS[rung]}：{due}（{due.source}）。"
    if not head_of:
        link = reverse("catalogue:many", args=["publish"])
        return _notify((Post.AUTHORITY,), "", "目录待发布", body, link)
    title, link = "目录变更待审核", reverse("catalogue:many", args=["approve"])
    told = _notify((Post.DATA_HEAD,), head_of, title, body, link)
    if rung == "late":
        body = f"{department_name(head_of)}{body}"
        told += _notify((Post.AUTHORITY,), "", title, body, reverse("catalogue:entries"))
    return told


def _head_of(change: EntryChange) -> str:
    """The department whose head it waits for; empty where it is the authority's turn."""
    is_office = change.state == ChangeState.OFFICE_REVIEW
    return change.entry.provider.credit_code if is_office else ""


def _notify(posts: Iterable[Post], code: str, title: str, body: str, link: str) -> int:
    """Each person once, in however many of the posts; returns how many they were."""
    keys = [key for post in posts for key in holding(post, code)]
    return len(notify_all(keys=keys, title=title, body=body, link=link, by=PLATFORM))
