"""Our engine, by its own actions: cases are opened, decided, issued."""

import time
from collections.abc import Sequence
from itertools import count
from typing import Any

from diebian.base.process.definitions.actions import deploy
from diebian.base.process.definitions.services import Answered, Service, services
from diebian.base.process.running import rows
from diebian.base.process.running.actions import complete, start
from diebian.base.process.running.waking import wakers_off
from diebian.base.process.work.carrying import work_one
from diebian.security.identity.public import PLATFORM, Actor

from .filling import copies_of
from .model import ITEM, MODELS, POST, Model

DEPARTMENT = "11000000000000000B"
TASK = "select number from process_token where case_id = %s and standing = 'task' order by number"
FORM = {"name": "样例", "phone": "0", "items": ["甲", "乙"]}
_numbers = count(1)
_tasks: dict[str, list[int]] = {}  # each case that goes the same way has tasks of the same numbers


def clerk() -> Actor:
    return Actor(name="样例", department=DEPARTMENT, key="bench", posts=(POST,))


def prepare(open_cases: int, finished: int) -> None:
    """Open ones wait for approval after a round of 补正; finished ones were not accepted."""
    services.register(Service("bench", "样例", lambda _: Answered()))
    wakers_off()
    for model in MODELS:
        deploy(file=model.drawing.encode(), by=PLATFORM)
        _tasks[model.key] = _gone(_opened(model, "first"), model.path)
    work_one()
    waiting = _opened(ITEM, "open")
    _gone(waiting, ITEM.path[:3])
    copies_of(waiting, open_cases)
    if finished:
        done = _opened(ITEM, "finished")
        _gone(done, ("不予受理",))
        copies_of(done, finished)
    for word in ("vacuum analyze", "checkpoint"):  # what filling has left is not the walk's
        rows.cursor().execute(word)


def walk(model: Model, seconds: float) -> dict[str, Any]:
    took: list[float] = []
    cases, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        at = time.perf_counter()
        case = _opened(model, "walked")
        took.append(time.perf_counter() - at)
        for task, outcome in zip(_tasks[model.key], model.path, strict=True):
            at = time.perf_counter()
            complete(case=case, task=task, outcome=outcome, by=clerk())
            took.append(time.perf_counter() - at)
        if model.has_service:
            at = time.perf_counter()
            work_one()
            took.append(time.perf_counter() - at)
        cases += 1
    return {"took": took, "cases": cases, "seconds": time.perf_counter() - began}


def created(most: int) -> float:
    """Cases opened in a second."""
    began = time.perf_counter()
    for _ in range(most):
        _opened(ITEM, "created")
    return most / (time.perf_counter() - began)


def _opened(model: Model, word: str) -> int:
    return start(process=model.key, business_key=f"{word}-{next(_numbers)}", title="样例件",
                 department=DEPARTMENT, form=FORM, by=PLATFORM)  # fmt: skip


def _gone(case: int, path: Sequence[str]) -> list[int]:
    """The tasks that were done on this way."""
    tasks = []
    for outcome in path:
        found = rows.cursor().execute(TASK, (case,)).fetchone()
        assert found is not None  # noqa: S101  it waits for somebody
        tasks.append(int(found[0]))
        complete(case=case, task=tasks[-1], outcome=outcome, by=clerk())
    return tasks
