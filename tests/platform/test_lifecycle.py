"""Start, stop, power cuts, crowded ports and bad folders, with real processes."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from diebian.cloud.runtime.public import EmbeddedPostgres, Ports, PortTaken

from .installation import ROOT, Installation, open_folder, run, running, running_copy, wait_for

SECOND_START_SECONDS = 10
MB = 1024 * 1024


@pytest.fixture(scope="module")
def side_by_side() -> Iterator[list[Installation]]:
    """Two installations, started at the same moment."""
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        folders = [stack.enter_context(open_folder()) for _ in range(2)]
        contexts = [running_copy(folder) for folder in folders]
        started = list(pool.map(lambda context: context.__enter__(), contexts))
        for context in contexts:
            stack.push(context)
        yield started


def test_two_that_start_at_once_choose_different_ports(side_by_side: list[Installation]) -> None:
    one, two = (_ports(each.data) for each in side_by_side)
    assert one.keys() == two.keys()
    assert set(one.values()).isdisjoint(two.values())
    for each in side_by_side:
        assert httpx.get(each.address).status_code == 200


def test_a_killed_supervisor_leaves_nothing_that_hinders_the_next_start(
    side_by_side: list[Installation], tmp_path: Path
) -> None:
    one, two = side_by_side
    ports, pids, others = _ports(one.data), _pids(one), _pids(two)
    _execute(one.data, "create table kept(word text); insert into kept values ('here')")
    one.process.kill()
    one.process.wait()
    began = time.monotonic()
    with running(one.data) as again:
        assert httpx.get(again.address).status_code == 200
        seconds = time.monotonic() - began
        print(f"second start: {seconds:.1f} s")  # noqa: T201  a figure for the reader of the log
        crowd = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
        assert seconds < SECOND_START_SECONDS * crowd
        assert [pid for pid in pids if _is_alive(pid)] == []
        assert _left_for_no_reason(ports, _ports(again.data), tmp_path) == []
        with psycopg.connect(EmbeddedPostgres(again.data / "postgres").url) as connection:
            assert connection.execute("select word from kept").fetchone() == ("here",)
        pids = _pids(again)
        again.process.send_signal(signal.SIGTERM)
        assert again.process.wait(60) == 0
    assert [pid for pid in pids if _is_alive(pid)] == []
    assert _pids(two) == others
    assert all(_is_alive(pid) for pid in others)


def test_the_folder_of_one_city_refuses_another(side_by_side: list[Installation]) -> None:
    one, _ = side_by_side
    answer = run("up", "--data", str(one.data), "--city", str(ROOT / "cities/yunxi"))
    assert answer.returncode == 1
    assert "directory.another_city" in answer.stdout + answer.stderr


def test_a_port_in_use_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        plug.listen()
        port = plug.getsockname()[1]
        answer = run("up", "--data", str(tmp_path / "d"), "--port", str(port))
    assert answer.returncode == 1
    assert f"端口 {port}" in answer.stdout
    assert "runtime.port_taken" in answer.stdout


@pytest.mark.parametrize("port", ["80", "80000", "abc", "-1"])
def test_a_port_that_is_none_is_told_in_a_sentence(port: str, tmp_path: Path) -> None:
    answer = run("up", "--data", str(tmp_path / "d"), f"--port={port}")
    assert (answer.returncode, answer.stderr) == (1, "")
    assert "端口要在 1024 到 65535 之间" in answer.stdout
    assert not (tmp_path / "d").exists()


def test_what_cannot_be_read_is_told_in_chinese_before_anything_starts(tmp_path: Path) -> None:
    for words in (["demo", "--foo"], ["hold"], ["status", "--jsn"], ["bench", "gateway", "--x"]):
        answer = run(*words, "--data", str(tmp_path))
        assert (answer.returncode, answer.stderr) == (1, ""), words
        assert "kernel.words_unclear" in answer.stdout
        assert "usage" not in answer.stdout


def test_a_folder_in_which_nothing_runs_says_so(tmp_path: Path) -> None:
    for word in ("status", "doctor"):
        answer = run(word, "--data", str(tmp_path))
        assert answer.returncode == 1
        assert f"./diebian up --data {tmp_path}" in answer.stdout


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in ("/proc/diebian", str(tmp_path / "file"), str(tmp_path / "file/below")):
        answer = run("up", "--data", folder)
        assert (answer.returncode, answer.stderr) == (1, "")
        assert "runtime.folder_unusable" in answer.stdout
        assert folder in answer.stdout


def test_a_read_only_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    with _disk(tmp_path / "d", size=400 * MB, options=",ro"):
        answer = run("up", "--data", str(tmp_path / "d"))
    assert answer.returncode == 1
    assert "只读" in answer.stdout


def test_a_disk_without_room_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with _disk(tmp_path / "d", size=100 * MB):
        answer = run("up", "--data", str(tmp_path / "d"))
        assert list((tmp_path / "d").iterdir()) == []
    assert answer.returncode == 1
    assert "300 MB" in answer.stdout


def test_a_disk_that_fills_up_is_told_and_goes_on_when_there_is_room() -> None:
    with open_folder() as data, _disk(data, size=700 * MB), running_copy(data) as platform:
        ballast = data / "ballast"
        _fill(ballast)
        with pytest.raises(psycopg.Error):
            _execute(data, "create table half as select generate_series(1, 9000000)")
        with pytest.raises(psycopg.Error):
            _ask_for_room(data)
        page = f"{platform.address}/accounts/login/"
        wait_for(lambda: httpx.post(page).status_code >= 400, "nothing is promised")
        answer = httpx.get(f"{platform.address}/search/?q=证")
        assert answer.status_code in {500, 503}
        assert "请" in answer.text
        ballast.unlink()
        platform.wait_until_well("postgres")
        wait_for(lambda: httpx.get(answer.url).status_code == 200, "it goes on", 60)
        with psycopg.connect(EmbeddedPostgres(data / "postgres").url) as connection:
            left = connection.execute("select to_regclass('half')").fetchone()
        assert left == (None,)


def test_a_word_that_does_not_exist_is_told_and_help_lists_those_that_do(tmp_path: Path) -> None:
    answer = run("nonsense", "--data", str(tmp_path))
    assert answer.returncode == 1
    assert "assembly.word_unknown" in answer.stdout
    told = run("--help").stdout
    for word in ("up", "demo", "status", "doctor", "hold", "release", "verify", "test", "city"):
        assert f"  {word} " in told


def test_nobody_has_to_read_what_is_said() -> None:
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(  # noqa: S603  our own command
        [ROOT / "diebian", "--help"], stdout=writes, stderr=subprocess.PIPE, check=False
    )
    os.close(writes)
    assert (done.returncode, done.stderr) == (0, b"")


def _ports(data: Path) -> dict[str, int]:
    told: dict[str, int] = json.loads((data / "ports.json").read_text())
    return told


def _left_for_no_reason(before: dict[str, int], now: dict[str, int], folder: Path) -> list[str]:
    """Ports that changed although nobody else has taken the old one in between."""
    moved = [name for name, port in before.items() if now[name] != port]
    return [name for name in moved if not _is_taken(before[name], folder / "book.json")]


def _is_taken(port: int, book: Path) -> bool:
    try:
        Ports(book).choose("any", port, exact=True)
    except PortTaken:
        return True
    return False


def _pids(installation: Installation) -> list[int]:
    return [int(str(part["pid"])) for part in installation.parts().values()]


def _is_alive(pid: int) -> bool:
    """One that has ended stays in the list until whoever inherited it looks: that may be us."""
    with suppress(OSError):
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    return False


def _execute(data: Path, statement: str) -> None:
    with psycopg.connect(EmbeddedPostgres(data / "postgres").url, autocommit=True) as connection:
        for each in statement.split(";"):
            connection.execute(each.encode())


def _ask_for_room(data: Path) -> None:
    """Each turn needs a fresh file of the write-ahead log."""
    for _ in range(40):
        _execute(data, "select pg_switch_wal(); select txid_current()")


@contextmanager
def _disk(folder: Path, *, size: int, options: str = "") -> Iterator[None]:
    """A small disk of its own, where the machine lets us mount one."""
    folder.mkdir(exist_ok=True)
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("mounting needs root")
    words = [mount, "-t", "tmpfs", "-o", f"size={size},mode=755{options}", "tmpfs", str(folder)]
    done = subprocess.run(words, check=False, capture_output=True)  # noqa: S603  fixed words
    if done.returncode:
        pytest.skip(f"mounting is not permitted: {done.stderr.decode()}")
    try:
        yield
    finally:
        umount = shutil.which("umount") or "umount"
        subprocess.run([umount, "--lazy", str(folder)], check=True)  # noqa: S603


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as out:
        for size in (MB, 4096):
            try:
                while True:
                    out.write(b"\0" * size)
            except OSError:
                continue
