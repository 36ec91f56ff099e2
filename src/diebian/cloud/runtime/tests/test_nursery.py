"""What is forked is as if it had been started: words, output, exit, and it is our own child."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diebian.cloud.runtime.lineage import bury, inherit_orphans
from diebian.cloud.runtime.nursery import Forked, fork_part, nursery
from tests.platform.installation import wait_for

Fork = Callable[..., Forked]


@pytest.fixture
def process(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    if not inherit_orphans():
        pytest.skip("this system gives orphans to nobody but its first process")
    part = nursery(tmp_path / "door", "json")
    with subprocess.Popen(list(part.argv)) as process:  # noqa: S603  our own program
        wait_for(lambda: (tmp_path / "door").exists() and part.is_healthy(), "it answers")
        yield process
        process.kill()


@pytest.fixture
def fork(process: subprocess.Popen[bytes], tmp_path: Path) -> Fork:
    del process  # named so that it runs

    def forks(*words: str) -> Forked:
        with (tmp_path / "log").open("ab") as log:
            return fork_part(
                tmp_path / "door",
                name="part",
                words=words,
                stop_signal=signal.SIGTERM,
                log=log.fileno(),
            )

    return forks


def test_it_runs_as_the_main_module_with_its_words_and_its_log(fork: Fork, tmp_path: Path) -> None:
    file = tmp_path / "told.json"
    file.write_text('{"b": 1}')
    assert fork("json.tool", str(file)).wait(20) == 0
    assert (tmp_path / "log").read_text() == '{\n    "b": 1\n}\n'


@pytest.mark.parametrize(("words", "code"), [(["no.such.module"], 1), (["json.tool", "--x"], 2)])
def test_what_goes_wrong_is_in_its_exit_code_and_its_log(
    fork: Fork, tmp_path: Path, words: list[str], code: int
) -> None:
    assert fork(*words).wait(20) == code
    assert (tmp_path / "log").read_text() != ""


def test_it_leads_a_session_and_is_our_child_under_its_name(fork: Fork) -> None:
    part = fork("http.server", "0", "--bind", "127.0.0.1")
    file = Path(f"/proc/{part.pid}/stat")
    wait_for(lambda: "(part)" in file.read_text(), "it has its name")
    stat = file.read_text()
    assert int(stat.rsplit(")", 1)[1].split()[1]) == os.getpid()
    assert os.getsid(part.pid) == part.pid
    assert part.poll() is None
    part.send_signal(signal.SIGKILL)
    assert part.wait(20) == -signal.SIGKILL
    part.send_signal(signal.SIGKILL)  # nobody else is hit


def test_it_outlives_the_nursery(fork: Fork, process: subprocess.Popen[bytes]) -> None:
    part = fork("http.server", "0", "--bind", "127.0.0.1")
    process.kill()
    process.wait()
    assert part.poll() is None
    part.send_signal(signal.SIGTERM)
    assert part.wait(20) == -signal.SIGTERM


def test_a_nursery_that_is_away_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        fork_part(tmp_path / "door", name="x", words=["json"], stop_signal=15, log=1)


def test_only_what_a_part_left_behind_is_buried() -> None:
    if not inherit_orphans():
        pytest.skip("this system gives orphans to nobody but its first process")
    leaves = (
        "import os\nif (left := os.fork()) == 0: os._exit(0)\nprint(left)\n"
        "import time; time.sleep(0.2)"
    )
    part = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-c", leaves], start_new_session=True, stdout=subprocess.PIPE, text=True
    )
    other = subprocess.Popen([sys.executable, "-c", ""])
    left = int(part.communicate()[0])
    wait_for(lambda: _is_zombie(other.pid), "it has ended")
    assert other.wait(20) == 0  # nobody has taken it from whoever waits
    sessions = {part.pid}
    wait_for(lambda: _is_buried(left, sessions), "what it left is buried")
    wait_for(lambda: _is_buried(left, sessions) and not sessions, "an empty session is forgotten")


def _is_buried(left: int, sessions: set[int]) -> bool:
    bury(sessions)
    return not Path(f"/proc/{left}").exists()


def _is_zombie(pid: int) -> bool:
    return ") Z " in Path(f"/proc/{pid}/stat").read_text()
