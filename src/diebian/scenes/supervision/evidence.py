"""佐证: files that come with what is reported, checked and sealed as all papers are."""

from collections.abc import Sequence
from uuid import UUID

from diebian.base.papers.public import Paper, Slot, give
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor

from .models import TaskEvent, TaskFile
from .refusals import FilesTooMany
from .selectors import task_for

KIND, MOST_FILES = "supervision-evidence", 10
File = tuple[str, bytes]


def keep_files(event: TaskEvent, files: Sequence[File], by: Actor) -> None:
    """Inside the transaction of the event. Raises `FilesTooMany` and a `PaperRefused`: then the
    event has not happened either.
    """
    if len(files) > MOST_FILES:
        raise FilesTooMany(f"最多 {MOST_FILES} 个")
    task = event.task
    slot = Slot(KIND, "督办佐证", str(task.public_id), task.code, task.title)  # no person's
    for name, content in files:
        paper = give(slot=slot, name=name, content=content, by=by)
        TaskFile.objects.create(event=event, paper=paper)


def file_for(*, task_id: UUID, paper_id: UUID, by: Actor) -> Paper:
    """For whoever may see the task; for others it does not exist."""
    rows = TaskFile.objects.filter(event__task=task_for(by, task_id)).select_related("paper")
    found = rows.filter(paper__public_id=paper_id).first()
    if found is None:
        raise NotFound
    return found.paper
