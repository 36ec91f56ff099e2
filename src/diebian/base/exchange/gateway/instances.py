"""Which Envoys live. Each holds a lock on its own file; the kernel drops it when the process dies.

A process number can be given to another process and a time-out is a guess: a lock is neither.
"""

import fcntl
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Living:
    instance: str
    port: int


def folder() -> Path:
    return Path(settings.DIEBIAN_DATA) / "gateway"


def log_of(instance: str) -> Path:
    return folder() / "access" / f"{instance}.log"


def claim(port: int) -> str:
    """A new name, held by this process and by the program it becomes. Never used twice: the
    meter's key is the instance and the place in its log."""
    instance = f"envoy-{time.time_ns()}"
    file = _lock_of(instance)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = file.with_suffix(".part")
    held = os.open(part, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    os.write(held, json.dumps({"port": port}).encode())
    os.set_inheritable(held, True)  # Envoy keeps the lock for us
    part.rename(file)  # never seen without its lock
    return instance


def is_gone(instance: str) -> bool:
    """True once the process has died; it is never alive again."""
    try:
        file = os.open(_lock_of(instance), os.O_RDONLY)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(file)
    return True


def living() -> list[Living]:
    files = sorted((folder() / "instances").glob("*.lock"))
    return [
        Living(file.stem, json.loads(file.read_text())["port"])
        for file in files
        if not is_gone(file.stem)
    ]


def dead() -> list[str]:
    files = sorted((folder() / "instances").glob("*.lock"))
    return [file.stem for file in files if is_gone(file.stem)]


def forget(instance: str) -> None:
    """Its log is read and its journal settled: nothing asks for it any more."""
    _lock_of(instance).unlink(missing_ok=True)
    log_of(instance).unlink(missing_ok=True)


def _lock_of(instance: str) -> Path:
    return folder() / "instances" / f"{instance}.lock"
