"""Whether a source still looks as it did when a person last looked."""

from typing import Any

from .readers.protocol import Shape
from .tasks import Task

Found = dict[str, Any]


def drift(task: Task, shape: Shape) -> Found:
    """Empty where nothing changed: gone, retyped ({name: [was, is]}), new."""
    if not shape.is_known:
        return {}
    actual = {one.name: one.type for one in shape.columns}
    wanted = {one.name: one.source_type for one in task.columns}
    gone = [name for name in [*wanted, *task.extras] if name not in actual]
    retyped = {
        name: [was, actual[name]]
        for name, was in wanted.items()
        if name in actual and was and actual[name] and was != actual[name]
    }
    known = {*wanted, *task.extras, *task.ignored}
    new = {name: type_ for name, type_ in actual.items() if name not in known}
    told: Found = {"gone": gone, "retyped": retyped, "new": new}
    return {what: of for what, of in told.items() if of}
