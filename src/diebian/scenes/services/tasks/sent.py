"""What a page sends of the step that it showed."""

from collections.abc import Mapping

LONGEST = 9  # digits of a task's number


def task_in(sent: Mapping[str, str]) -> int:
    """Nought is no task, and is refused as one that is done."""
    told = sent.get("task", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= LONGEST else 0
