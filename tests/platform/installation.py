"""A real installation for a test: `./diebian up` in a data folder of its own."""

import fcntl
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from diebian.cloud.runtime.public import EmbeddedPostgres
from diebian.cloud.runtime.public import Installation as Folder

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
UNDONE = """
select count(*) from procrastinate_jobs
where status in ('todo', 'doing') and coalesce(scheduled_at, now()) <= now()
"""
EXTERNAL = ("DATABASE_URL", "NATS_URL", "DJANGO_SETTINGS_MODULE")


class Installation:
    def __init__(self, data: Path, process: subprocess.Popen[str], address: str) -> None:
        self.data, self.process, self.address = data, process, address

    def parts(self) -> dict[str, dict[str, object]]:
        """What `status --json` tells, without a process for each look."""
        return {part["name"]: part for part in Folder(self.data).told()["processes"]}

    def kill(self, name: str) -> int:
        """kill -9, as a power cut or the kernel would."""
        pid = int(str(self.parts()[name]["pid"]))
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_until_back(self, name: str, *, after: int, seconds: float = 45) -> None:
        def is_back() -> bool:
            part = self.parts()[name]
            return part["pid"] != after and part["health"] == "ok"

        wait_for(is_back, name, seconds)

    def wait_until_well(self, name: str) -> None:
        wait_for(lambda: self.parts()[name]["health"] == "ok", name)

    def demo(self) -> dict[str, Any]:
        answer = run("demo", "--json", "--data", str(self.data))
        told: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return told


@contextmanager
def open_folder() -> Iterator[Path]:
    """Not pytest's own: it takes that from every other account (PostgreSQL's) at each start."""
    with TemporaryDirectory(prefix="diebian-test-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@contextmanager
def running(data: Path, *words: str, **environment: str) -> Iterator[Installation]:
    process = subprocess.Popen(  # noqa: S603  our own command
        [ROOT / "diebian", "up", "--data", data, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=clean_environment() | environment,
        start_new_session=True,
    )
    try:
        yield Installation(data, process, _address_told_by(process))
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def running_copy(data: Path) -> Iterator[Installation]:
    """As after a first start and a stop, at the price of a second start: a folder may be copied."""
    copied = ["cp", "--archive", f"{_first_start()}/.", str(data)]  # keeps PostgreSQL's owner
    data.mkdir(exist_ok=True)
    subprocess.run(copied, check=True)  # noqa: S603  fixed words
    with running(data) as installation:
        yield installation


def _first_start() -> Path:
    """The first start of this run of tests, made by the worker that needs it first."""
    shared = Path(os.environ["DIEBIAN_TEST_RUN"])
    data = shared / "first-start"
    with (shared / "first-start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            part = shared / "first-start.part"
            with running(part) as first:
                wait_for(
                    lambda: _has_nothing_to_do(first), "what a first start asked for is done", 90
                )
            (part / "ports.json").unlink()  # each copy chooses its own
            part.rename(data)
    return data


def _has_nothing_to_do(platform: Installation) -> bool:
    """What waits would else be done once more by each copy."""
    with psycopg.connect(EmbeddedPostgres(platform.data / "postgres").url) as connection:
        return connection.execute(UNDONE).fetchone() == (0,)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own command
        [ROOT / "diebian", *words],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def clean_environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name not in EXTERNAL and not name.startswith("DIEBIAN_")
    }


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 45) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"did not happen in {seconds} s: {what}")


def _address_told_by(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    told = []
    for line in process.stdout:
        told.append(line)
        if found := ADDRESS.search(line):
            return found[0]
    raise AssertionError("".join(told))
