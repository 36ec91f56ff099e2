"""延期: asked by the lead, decided by the supervisor, both before the day."""

from datetime import date
from uuid import UUID

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor

from .models import WITH_LEAD, Task, TaskExtension, What
from .refusals import ExtensionTooLate, ExtensionWaits, UntilWrong
from .rows import carriers, led, supervised, supervisors, tell, worded, write

Asked = TaskExtension.State


@transaction.atomic
def ask_longer(*, public_id: UUID, until: date | None, text: str, by: Actor) -> None:
    task = led(public_id, by, *WITH_LEAD)
    was = _in_time(task)
    if until is None or until <= was:
        raise UntilWrong
    if task.extensions.filter(state=Asked.ASKED).exists():
        raise ExtensionWaits
    reason = worded(text)
    TaskExtension.objects.create(
        task=task, was=was, until=until, reason=reason, asked_by_name=by.name, asked_at=clock.now()
    )
    write(task, What.ASKED_LONGER, by, f"到 {until}：{reason}")
    tell(supervisors(), task, f"{by.name}申请从 {was} 延到 {until}：{reason}。到期以前请决定。")


@transaction.atomic
def decide_longer(*, public_id: UUID, is_granted: bool, text: str, by: Actor) -> None:
    """Too late to be granted is too late; declined it can be at any time."""
    task = supervised(public_id, by, *WITH_LEAD)
    asked = task.extensions.select_for_update().filter(state=Asked.ASKED).first()
    if asked is None:
        raise NotFound
    said = worded(text)
    asked.state = Asked.GRANTED if is_granted else Asked.DECLINED
    asked.decided_by_name, asked.decided_at = by.name, clock.now()
    if is_granted:
        _in_time(task)
        task.due, task.reminded = asked.until, ""
        task.save(update_fields=["due", "reminded"])
    asked.save(update_fields=["state", "decided_by_name", "decided_at"])
    write(task, What.LONGER if is_granted else What.NOT_LONGER, by, said)
    answer = f"同意延到 {asked.until}" if is_granted else f"不同意延期，仍是 {task.due}"
    tell(carriers(task), task, f"{answer}：{said}。")


def _in_time(task: Task) -> date:
    if task.due is None or clock.today() > task.due:
        raise ExtensionTooLate
    return task.due
