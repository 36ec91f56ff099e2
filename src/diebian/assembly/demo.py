"""`demo`: the journey against the platform of a folder, or one that is started for it."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from diebian.cloud.runtime.public import Installation
from diebian.kernel.errors import DiebianError
from diebian.kernel.words import Words

from .parts import ROOT
from .up import Say, serving

START_SECONDS = 180


class NotReady(DiebianError):
    code, status, title = "assembly.not_ready", 503, "平台正在启动，还没有好"


def read(rest: list[str]) -> None:
    words = Words("demo", "走一遍主线；没有在运行时先启动，走完停下")
    words.add_argument("--json", action="store_true", help="最后一行是给程序读的 JSON")
    words.parse_args(rest)


def demo(rest: list[str], home: Installation, *, is_named: bool, say: Say) -> int:
    """`is_named`: the folder was asked for; otherwise nothing of a walk is left behind."""
    if home.is_running:
        _wait_until_ready(home)
        city = str(home.told()["city"])
        return _walk(rest, {"DIEBIAN_CITY": city, "DIEBIAN_DATA": str(home.data)}, Event())
    if is_named:
        return _in(home, rest, say)
    with TemporaryDirectory(prefix="diebian-demo-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may run as another account
        return _in(Installation(Path(folder)), rest, say)


def _in(home: Installation, rest: list[str], say: Say) -> int:
    with serving(home, city=None, port=None, say=say) as (supervisor, _):
        return (
            1
            if supervisor.stopping.is_set()
            else _walk(rest, supervisor.environment, supervisor.stopping)
        )


def _walk(rest: list[str], environment: Mapping[str, str], stopping: Event) -> int:
    process = subprocess.Popen(  # noqa: S603  our own program and words
        [sys.executable, "-m", "django", "demo", *rest],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", **environment},
    )
    while process.poll() is None:
        if stopping.wait(0.05):
            process.terminate()
            process.wait()
    return process.returncode


def _wait_until_ready(home: Installation) -> None:
    end = time.monotonic() + START_SECONDS
    while not home.told().get("ready"):
        if time.monotonic() > end or not home.is_running:
            raise NotReady("看它在做什么：./diebian doctor")
        time.sleep(0.2)
