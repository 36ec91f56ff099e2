"""The life of a task: raised, registered, assigned, accepted, reported on, claimed done, verified,
closed. Claimed is not closed: only the supervisor closes.
"""

import secrets
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, department_keys, department_name

from . import policy
from .evidence import File, keep_files
from .models import UNDER_WAY, WITH_LEAD, Origin, State, Task, What
from .refusals import DueWrong, LeadUnknown, StepsOpen, TaskElsewhere
from .rows import (
    allow,
    carriers,
    led,
    locked,
    move,
    own_link,
    supervised,
    supervisors,
    tell,
    worded,
    write,
)
from .terms import due_of, promises

NOT_OVER = (State.RAISED, State.REGISTERED, *WITH_LEAD, State.CLAIMED, State.VERIFIED)


@transaction.atomic
def raise_task(*, title: str, wanted: str, origin: str, origin_says: str, by: Actor) -> Task:
    """By a leader's instruction, or by the supervisor out of minutes, plans, proposals."""
    allow(policy.may_raise(by))
    now = clock.now()
    task = Task.objects.create(
        code=f"{now.astimezone(clock.CITY_TIME):%Y%m%d}-{secrets.randbelow(10**6):06d}",
        title=worded(title)[:200],
        wanted=worded(wanted),
        origin=origin if origin in Origin.values else Origin.INSTRUCTION,
        origin_says=origin_says.strip()[:500],
        since=now,
        raised_at=now,
    )
    write(task, What.RAISED, by, task.origin_says)
    tell([key for key in supervisors() if key != by.key], task, f"{by.name}提出，请您立项、交办。")
    return task


@transaction.atomic
def register(*, public_id: UUID, text: str = "", by: Actor) -> None:
    """立项."""
    task = supervised(public_id, by, State.RAISED)
    move(task, State.REGISTERED, What.REGISTERED, by, text.strip())


@transaction.atomic
def decline(*, public_id: UUID, text: str, by: Actor) -> None:
    task = supervised(public_id, by, State.RAISED)
    move(task, State.DECLINED, What.DECLINED, by, worded(text))


@transaction.atomic
def assign(
    *, public_id: UUID, lead: str, due: date | None, co: Sequence[str] = (), by: Actor
) -> None:
    """`lead`, `co`: credit codes. Said again before it is accepted, it goes to another."""
    task = supervised(public_id, by, State.REGISTERED, State.ASSIGNED)
    known = department_keys()
    if lead not in known:
        raise LeadUnknown
    if due is None or due < clock.today():
        raise DueWrong
    task.lead_id, task.due, task.owner, task.owner_name = known[lead], due, "", ""
    task.co = [code for code in dict.fromkeys(co) if code in known and code != lead]
    move(task, State.ASSIGNED, What.ASSIGNED, by, f"由{department_name(lead)}牵头，{due} 前完成")
    task.refresh_from_db()
    _tell_lead(task, "请签收")


@transaction.atomic
def accept(*, public_id: UUID, text: str = "", by: Actor) -> None:
    task = led(public_id, by, State.ASSIGNED)
    move(task, State.ACCEPTED, What.ACCEPTED, by, text.strip())


@transaction.atomic
def hand_back(*, public_id: UUID, text: str, by: Actor) -> None:
    """Before it is accepted: not ours, and whose."""
    task = led(public_id, by, State.ASSIGNED)
    move(task, State.REGISTERED, What.HANDED_BACK, by, worded(text))
    tell(supervisors(), task, f"{department_name(by.department)}退回：{text.strip()}。请另行交办。")


@transaction.atomic
def report(
    *, public_id: UUID, text: str, link: str = "", files: Sequence[File] = (), by: Actor
) -> None:
    """反馈: by the lead, whose next report is due later then; by a co-worker beside it.

    `files`: name and content of each; one that is refused refuses the whole.
    """
    task = locked(public_id, by, *UNDER_WAY)
    said, evidence = worded(text), own_link(link)
    if policy.leads(by, task):
        event = move(task, State.REPORTING, What.REPORTED, by, said, link=evidence)
    else:
        allow(policy.helps(by, task))
        event = write(task, What.REPORTED, by, said, link=evidence)
    keep_files(event, files, by)


@transaction.atomic
def finish_step(*, public_id: UUID, step: int, by: Actor) -> None:
    task = led(public_id, by, *UNDER_WAY)
    found = task.steps.filter(pk=step).first()
    if found is None:
        raise NotFound
    if found.done_at is not None:
        raise TaskElsewhere
    found.done_at = clock.now()
    found.save(update_fields=["done_at"])
    move(task, State.REPORTING, What.STEP_DONE, by, found.title)


@transaction.atomic
def claim_done(
    *, public_id: UUID, text: str, link: str = "", files: Sequence[File] = (), by: Actor
) -> None:
    """报完成, with evidence. It is closed when the supervisor has seen it."""
    task = led(public_id, by, *UNDER_WAY)
    if task.steps.filter(done_at=None).exists():
        raise StepsOpen
    event = move(task, State.CLAIMED, What.CLAIMED, by, worded(text), link=own_link(link))
    keep_files(event, files, by)
    tell(supervisors(), task, f"{by.name}报完成，请您核实：{text.strip()}。")


@transaction.atomic
def verify(*, public_id: UUID, is_done: bool, text: str, by: Actor) -> None:
    """核实: what was seen. Not done, and the lead goes on; its day does not move."""
    task = supervised(public_id, by, State.CLAIMED)
    said = worded(text)
    if is_done:
        move(task, State.VERIFIED, What.VERIFIED, by, said)
    else:
        move(task, State.REPORTING, What.FAILED, by, said)
        _tell_lead(task, f"核实没有完成：{said}。请继续")


@transaction.atomic
def close(*, public_id: UUID, text: str = "", by: Actor) -> None:
    """销号, by the supervisor alone."""
    task = supervised(public_id, by, State.VERIFIED)
    move(task, State.CLOSED, What.CLOSED, by, text.strip())
    tell(carriers(task), task, "已经销号，谢谢。")


@transaction.atomic
def urge(*, public_id: UUID, text: str, by: Actor) -> None:
    """催办."""
    task = locked(public_id, by, *WITH_LEAD)
    allow(policy.may_urge(by))
    said = worded(text)
    write(task, What.URGED, by, said)
    _tell_lead(task, f"{by.name}催办：{said}")


def _tell_lead(task: Task, says: str) -> None:
    due = due_of(task, working_calendar(), promises())
    tell(carriers(task), task, f"{says}。{due}。" if due else f"{says}。")
