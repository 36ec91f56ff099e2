"""When a part is tried again, and when one that hangs is ended."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from diebian.cloud.runtime.child import LONGEST_PAUSE, Child
from diebian.cloud.runtime.part import Part

PART = Part(name="x", title="某", argv=(), is_healthy=lambda: True)


@pytest.fixture
def child() -> Iterator[Child]:
    made = Child(PART, Path("x.log"))
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        made.started(process, 1000)
        yield made
        process.kill()


def test_pauses_grow_while_it_fails_and_stay_within_bounds(child: Child) -> None:
    pauses = []
    for _ in range(10):
        child.ended(1001)
        pauses.append(child.next_try - 1001)
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


def test_one_that_ran_well_is_tried_again_at_once(child: Child) -> None:
    child.ended(1000 + 3600)
    assert child.failures == 0
    assert child.next_try - 4600 < 0.2


def test_one_that_answers_no_more_is_ill_only_after_its_patience(child: Child) -> None:
    child.answered(1005, well=True)
    child.answered(1010, well=False)
    assert not child.is_ill_for_too_long(1005 + PART.patience_seconds)
    assert child.is_ill_for_too_long(1006 + PART.patience_seconds)


def test_one_that_is_still_starting_gets_more_time(child: Child) -> None:
    child.answered(1010, well=False)
    assert not child.is_ill_for_too_long(1001 + PART.patience_seconds)
    assert child.is_ill_for_too_long(1001 + PART.start_seconds)


def test_a_held_one_is_told_as_held_and_without_a_process(child: Child) -> None:
    child.is_held = True
    assert (child.told()["health"], child.told()["pid"]) == ("held", None)
    assert not child.may_run
