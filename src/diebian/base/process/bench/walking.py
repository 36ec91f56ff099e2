"""Our engine, by its own actions: cases are opened, decided, issued."""

import time
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
from .model import DRAWING, PATH, POST

DEPARTMENT = "11000000000000000B"
TASK = "select number from process_token where case_id = %s and standing = 'task'"
FORM = {"name": "样例", "phone": "0", "items": ["甲", "乙"]}
_numbers = count(1)
_tasks: list[int] = []  # numbers of a case's tasks: each case that goes the same way has the same


def clerk() -> Actor:
    return Actor(name="样例", department=DEPARTMENT, key="bench", posts=(POST,))


def prepare(open_cases: int, finished: int) -> None:
    """Open ones wait for approval after a round of 补正; finished ones went the whole way."""
    services.register(Service("bench", "样例", lambda _: Answered()))
    wakers_off()
    deploy(file=DRAWING.encode(), by=PLATFORM)
    first = _opened("first")
    for outcome in PATH:
        _tasks.append(_task(first))
        _decide(first, outcome)
    work_one()
    waiting = _opened("open")
    for outcome in PATH[:3]:
        _decide(waiting, outcome)
    copies_of(waiting, open_cases)
    if finished:
        done = _opened("finished")
        for outcome in PATH:
            _decide(done, outcome)
        work_one()
        copies_of(done, finished)


def walk(seconds: float) -> dict[str, Any]:
    took: list[float] = []
    cases, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        at = time.perf_counter()
        case = _opened("walked")
        took.append(time.perf_counter() - at)
        for task, outcome in zip(_tasks, PATH, strict=True):
            at = time.perf_counter()
            complete(case=case, task=task, outcome=outcome, by=clerk())
            took.append(time.perf_counter() - at)
        at = time.perf_counter()
        work_one()
        took.append(time.perf_counter() - at)
        cases += 1
    return {"took": took, "cases": cases, "seconds": time.perf_counter() - began}


def created(most: int) -> float:
    """Cases opened in a second."""
    began = time.perf_counter()
    for _ in range(most):
        _opened("created")
    return most / (time.perf_counter() - began)


def _opened(word: str) -> int:
    return start(process="bench", business_key=f"{word}-{next(_numbers)}", title="样例件",
                 department=DEPARTMENT, form=FORM, by=PLATFORM)  # fmt: skip


def _decide(case: int, outcome: str) -> None:
    complete(case=case, task=_task(case), outcome=outcome, by=clerk())


def _task(case: int) -> int:
    found = rows.cursor().execute(TASK, (case,)).fetchone()
    assert found is not None  # noqa: S101  it waits for somebody
    return int(found[0])
