"""One data folder = one installation: its paths, its lock, its secret, its held parts."""

import errno
import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from diebian.kernel.errors import DiebianError

MARK = "DIEBIAN_PART_OF"  # in the environment of every part: orphans are known by it
NEEDED_BYTES = 300 * 1024 * 1024
LONGEST_SOCKET_PATH = 107  # bytes, Linux
LOCK_TRIES = 5
REASONS: Mapping[int | None, str] = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "那里是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "用完了配额",
    errno.EEXIST: "那是一个文件，不是文件夹",
    errno.ENOTDIR: "路径中间有一个文件，不是文件夹",
    errno.ENOENT: "那里不能建文件夹",
}


class FolderUnusable(DiebianError):
    code, status, title = "runtime.folder_unusable", 500, "数据文件夹不能用"


class InUse(DiebianError):
    code, status, title = "runtime.in_use", 409, "数据文件夹正在被使用"


@dataclass(frozen=True)
class Installation:
    data: Path

    def prepare(self) -> None:
        """Make the folder, or say in a sentence why it cannot be used. Nothing half-made stays."""
        if len(os.fsencode(self.postgres / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH:
            raise FolderUnusable(f"路径太长：{self.data}。请换一个短一些的：--data 文件夹")
        probe = self.data / f".probe-{os.getpid()}"
        try:
            self.data.mkdir(parents=True, exist_ok=True, mode=0o755)
            probe.write_bytes(b"\0" * 4096)
        except OSError as error:
            why = REASONS.get(error.errno, error.strerror)
            raise FolderUnusable(
                f"{self.data} 写不进去（{why}）。请换一个：--data 文件夹"
            ) from error
        finally:
            with suppress(OSError):
                probe.unlink()
        if self.free_bytes < NEEDED_BYTES:
            raise FolderUnusable(f"{self.data} 所在磁盘剩余不足 300 MB。请腾出空间后再启动")
        for folder in (self.run, self.logs, self._held, self._rolling):
            folder.mkdir(exist_ok=True, mode=0o755)

    @property
    def free_bytes(self) -> int:
        return shutil.disk_usage(self.data).free

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def state(self) -> Path:
        return self.run / "state.json"

    @property
    def ports(self) -> Path:
        return self.data / "ports.json"

    @cached_property
    def secret(self) -> str:
        """Made once, for the owner only: what must outlive a restart hangs on it."""
        file = self.data / "secret"
        if not file.exists():
            part = self.data / f".secret-{os.getpid()}"
            with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(50))
            part.rename(file)
        return file.read_text()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """The kernel drops the lock when its holder dies, so a power cut leaves none behind."""
        with (self.data / "lock").open("a+") as lock:
            if not any(_takes(lock.fileno(), fcntl.LOCK_EX, after=n) for n in range(LOCK_TRIES)):
                lock.seek(0)
                holder = lock.read().strip()
                raise InUse(
                    f"{self.data} 正由进程 {holder} 使用。要看它：./diebian status；"
                    "要另起一套：--data 另一个文件夹"
                )
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield

    @property
    def is_running(self) -> bool:
        """Whether a supervisor holds the folder: its lock tells, a number in a file may lie."""
        try:
            with (self.data / "lock").open() as lock:
                return not _takes(lock.fileno(), fcntl.LOCK_SH, after=0)
        except FileNotFoundError:
            return False

    def told(self) -> dict[str, Any]:
        """What the supervisor last wrote of itself and its parts; no parts when none runs."""
        if self.is_running and self.state.exists():
            state: dict[str, Any] = json.loads(self.state.read_text())
            return state
        return {"data": str(self.data), "ready": False, "processes": []}

    @property
    def held(self) -> set[str]:
        """Names of the parts that the operator has taken down."""
        with suppress(FileNotFoundError):
            return {file.name for file in self._held.iterdir()}
        return set()

    def hold(self, name: str) -> None:
        (self._held / name).touch()

    def release(self, name: str) -> None:
        (self._held / name).unlink(missing_ok=True)

    @property
    def rolling(self) -> set[str]:
        """Names of the parts that are to be exchanged for a new process of theirs."""
        with suppress(FileNotFoundError):
            return {file.name for file in self._rolling.iterdir()}
        return set()

    def roll(self, name: str) -> None:
        (self._rolling / name).touch()

    def rolled(self, name: str) -> None:
        (self._rolling / name).unlink(missing_ok=True)

    @property
    def _rolling(self) -> Path:
        return self.run / "rolling"

    @property
    def _held(self) -> Path:
        return self.run / "held"


def _takes(file: int, kind: int, *, after: int) -> bool:
    """Tried again shortly after: somebody who only looks holds it for an instant."""
    time.sleep(0.05 * after)
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
