"""What every verb needs: the locked row, the step it must be in, the trace it leaves."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding

from . import policy
from .models import LONGEST_WORDS, OVER, State, Task, TaskEvent, What
from .refusals import LinkElsewhere, SaysNothing, TaskElsewhere

OURS = re.compile(r"/([^/\\].*)?")


def locked(public_id: UUID, by: Actor, *states: str) -> Task:
    rows = Task.objects.select_for_update(of=("self",)).select_related("lead")
    task = rows.filter(public_id=public_id).first()
    if task is None or not policy.may_see(by, task):
        raise NotFound
    if states and task.state not in states:
        raise TaskElsewhere
    return task


def supervised(public_id: UUID, by: Actor, *states: str) -> Task:
    task = locked(public_id, by, *states)
    allow(policy.supervises(by))
    return task


def led(public_id: UUID, by: Actor, *states: str) -> Task:
    task = locked(public_id, by, *states)
    allow(policy.leads(by, task))
    return task


def allow(is_allowed: bool) -> None:
    if not is_allowed:
        raise Refused


def worded(text: str) -> str:
    if not text.strip():
        raise SaysNothing
    return text.strip()[:LONGEST_WORDS]


def own_link(link: str) -> str:
    """A page of this platform, or nothing."""
    told = link.strip()[:300]
    if told and not OURS.fullmatch(told):
        raise LinkElsewhere
    return told


def move(
    task: Task, state: State, what: What, by: Actor, text: str = "", *, link: str = ""
) -> TaskEvent:
    """To the next step, whose days begin now."""
    task.state, task.since, task.reminded = state, clock.now(), ""
    if state in OVER:
        task.closed_at = clock.now()
    task.save()
    return write(task, what, by, text, link=link)


def write(task: Task, what: What, by: Actor, text: str = "", *, link: str = "") -> TaskEvent:
    made = TaskEvent.objects.create(
        task=task,
        what=what,
        at=clock.now(),
        by_name=_name(by),
        department=by.department,
        text=text[:LONGEST_WORDS],
        link=link,
    )
    audit.record(by=by, action=f"supervision.{what}", subject=task.audit_subject)
    return made


def write_each(tasks: Iterable[Task], what: What, by: Actor, text: str) -> None:
    """The same for many at once."""
    told, now, name = list(tasks), clock.now(), _name(by)
    TaskEvent.objects.bulk_create(
        TaskEvent(task=one, what=what, at=now, by_name=name, text=text) for one in told
    )
    subjects = [one.audit_subject for one in told]
    audit.record_each(by=by, action=f"supervision.{what}", subjects=subjects)


def _name(by: Actor) -> str:
    return "平台" if by == PLATFORM else by.name


def carriers(task: Task) -> list[str]:
    """Keys of those who carry it out: the owner, else the head; without one the supervisor."""
    if task.lead is None:
        return supervisors()
    heads = officials_holding(Post.HEAD, department=task.lead.credit_code)
    return ([task.owner] if task.owner else heads) or supervisors()


def supervisors() -> list[str]:
    return officials_holding(Post.AUTHORITY)


def tell(keys: Iterable[str], task: Task, body: str) -> None:
    link = reverse("supervision:task", args=[task.public_id])
    notify_all(keys=keys, title=f"督办：{task.title}", body=body, link=link, by=PLATFORM)
