"""One data folder = one installation: its paths, its lock, its ports, its secret."""

import fcntl
import json
import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from diebian.kernel.errors import DiebianError

MARK = "DIEBIAN_PART_OF"  # in the environment of every part: orphans are known by it
NEEDED_BYTES = 300 * 1024 * 1024
PORTS_TRIED = 50


class FolderUnusable(DiebianError):
    code, status, title = "runtime.folder_unusable", 500, "数据文件夹不能用"


class InUse(DiebianError):
    code, status, title = "runtime.in_use", 409, "数据文件夹正在被使用"


class PortTaken(DiebianError):
    code, status, title = "runtime.port_taken", 409, "端口被占用"


@dataclass(frozen=True)
class Installation:
    data: Path

    def prepare(self) -> None:
        """Make the folder, or say in a sentence why it cannot be used. Nothing half-made stays."""
        try:
            self.data.mkdir(parents=True, exist_ok=True, mode=0o755)
            probe = self.data / f".probe-{os.getpid()}"
            probe.write_bytes(b"\0" * 4096)
            probe.unlink()
        except OSError as error:
            raise FolderUnusable(
                f"数据文件夹 {self.data} 写不进去（{error.strerror}）。请换一个：--data 文件夹"
            ) from error
        if shutil.disk_usage(self.data).free < NEEDED_BYTES:
            raise FolderUnusable(f"{self.data} 所在磁盘剩余不足 300 MB。请腾出空间后再启动")
        for folder in (self.run, self.logs):
            folder.mkdir(exist_ok=True, mode=0o755)

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
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.seek(0)
                holder = lock.read().strip()
                raise InUse(
                    f"{self.data} 正由进程 {holder} 使用。要看它：./diebian status；"
                    "要另起一套：--data 另一个文件夹"
                ) from error
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield

    def port(self, name: str, preferred: int, *, exact: bool = False) -> int:
        """A port that stays the same over restarts; the next free one when it is taken."""
        book = self.data / "ports.json"
        kept: dict[str, int] = json.loads(book.read_text()) if book.exists() else {}
        if exact:
            wanted = [preferred]
        else:
            wanted = [kept.get(name, preferred), *range(preferred, preferred + PORTS_TRIED)]
        for port in wanted:
            if is_free(port):
                book.write_text(json.dumps(kept | {name: port}))
                return port
        raise PortTaken(f"端口 {preferred} 已被别的程序占用。请换一个：--port 号码")


def is_free(port: int) -> bool:
    """Bound without SO_REUSEPORT: Envoy sets it, and would share a port without any error."""
    with socket.socket() as plug:
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            plug.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
