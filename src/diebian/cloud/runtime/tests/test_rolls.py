"""A new process takes over when it is ready; when it never is, nothing has happened."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diebian.cloud.runtime.public import Installation, Part, Supervisor

SLEEPS = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
FIRST_ONLY = """
import os, sys, time
if os.path.exists(sys.argv[1]):
    sys.exit("a second one cannot start")
open(sys.argv[1], "w").close()
time.sleep(60)
"""


class Seen:
    """Stands for the part's own way of taking over; notes what it is asked."""

    def __init__(self, *, is_ever_ready: bool = True) -> None:
        self.is_ever_ready = is_ever_ready
        self.ready: set[int] = set()
        self.drained: list[int] = []

    def is_ready(self, pid: int) -> bool:
        self.ready.add(pid)
        return self.is_ever_ready

    def drain(self, pid: int) -> None:
        self.drained.append(pid)


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    home = Installation(tmp_path)
    home.prepare()
    made = Supervisor(home, {})
    yield made
    made.stop_all()


def test_the_new_process_stays_and_the_old_one_is_drained_and_ended(
    supervisor: Supervisor,
) -> None:
    seen = Seen()
    _started(supervisor, Part("one", "一", SLEEPS, is_healthy=lambda: True, roll=seen))
    before = _pid(supervisor)
    _roll(supervisor)
    after = _pid(supervisor)
    assert after != before
    assert (seen.drained, seen.ready) == ([before], {after})
    assert not Path(f"/proc/{before}").exists()
    assert Path(f"/proc/{after}").exists()


def test_where_the_new_process_does_not_start_the_old_one_goes_on(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    words = [sys.executable, "-S", "-c", FIRST_ONLY, str(tmp_path / "first")]
    seen = Seen(is_ever_ready=False)
    _started(supervisor, Part("one", "一", words, is_healthy=lambda: True, roll=seen))
    _until((tmp_path / "first").exists)
    before = _pid(supervisor)
    _roll(supervisor)
    assert _pid(supervisor) == before
    assert Path(f"/proc/{before}").exists()
    assert seen.drained == []
    assert "仍用原来的" in (supervisor.installation.logs / "supervisor.log").read_text()


def test_a_part_that_cannot_be_exchanged_is_left_alone(supervisor: Supervisor) -> None:
    _started(supervisor, Part("one", "一", SLEEPS, is_healthy=lambda: True))
    before = _pid(supervisor)
    _roll(supervisor)
    assert _pid(supervisor) == before


def _started(supervisor: Supervisor, part: Part) -> None:
    supervisor.begin(part)
    supervisor.settle(part, told=lambda *_: None)


def _pid(supervisor: Supervisor) -> int:
    supervisor.note()
    [told] = json.loads(supervisor.installation.state.read_text())["processes"]
    return int(told["pid"])


def _roll(supervisor: Supervisor) -> None:
    supervisor.installation.roll("one")
    _until(lambda: "one" not in supervisor.installation.rolling)


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)
