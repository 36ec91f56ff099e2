"""The whole platform, as a person starts it: the journey, and what survives kill -9."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from .installation import Installation, run, running, wait_for


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    data = tmp_path_factory.mktemp("platform")
    for folder in (data, *data.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o011)  # PostgreSQL runs as another account
    with running(data) as installation:
        yield installation


def test_the_journey_is_walked(platform: Installation) -> None:
    steps = platform.demo()["steps"]
    assert [step["name"] for step in steps if not step["ok"]] == []
    assert len(steps) == 8


def test_a_second_start_in_the_same_folder_is_refused(platform: Installation) -> None:
    answer = run("up", "--data", str(platform.data))
    assert answer.returncode == 1
    assert "runtime.in_use" in answer.stdout


@pytest.mark.parametrize("name", ["sandbox-estate", "worker", "broker", "envoy", "web", "postgres"])
def test_a_killed_part_comes_back_and_the_journey_goes_on(
    platform: Installation, name: str
) -> None:
    platform.wait_until_back(name, after=platform.kill(name))
    assert all(step["ok"] for step in platform.demo()["steps"])


def test_stopping_stops_every_part_and_frees_the_folder(tmp_path: Path) -> None:
    data = tmp_path / "d"
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o011)
    with running(data) as installation:
        wait_for(lambda: len(installation.parts()) > 10, "all parts are told")
        pids = [int(str(part["pid"])) for part in installation.parts().values()]
        installation.process.send_signal(signal.SIGTERM)
        assert installation.process.wait(60) == 0
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
    assert run("status", "--data", str(data)).returncode == 1
