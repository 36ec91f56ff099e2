"""`hold` and `release`: one part down for maintenance, and back; `roll`: exchanged in running.

A hold is a file that the supervisor reads; it does not outlive the platform it was put upon.
"""

import time
from collections.abc import Callable

from diebian.cloud.runtime.public import Installation
from diebian.kernel.errors import DiebianError
from diebian.kernel.words import Words

from .health import stands_still
from .up import Say

PATIENCE_SECONDS = 90


class NotRunning(DiebianError):
    code, status, title = "assembly.not_running", 409, "平台没有在运行"


class PartUnknown(DiebianError):
    code, status, title = "assembly.part_unknown", 404, "没有这个进程"


class NotRolled(DiebianError):
    code, status, title = "assembly.not_rolled", 409, "没有换成，仍用原来的进程"


class TakesTooLong(DiebianError):
    code, status, title = "assembly.takes_too_long", 504, "等了很久还没有完成"


def hold(rest: list[str], home: Installation, say: Say) -> int:
    name, title = _part("hold", "停用一个进程，直到 release", rest, home)
    home.hold(name)
    _wait(home, name, lambda health: health == "held")
    say(f"已停用 {title}。恢复：./diebian release {name}")
    return 0


def release(rest: list[str], home: Installation, say: Say) -> int:
    name, title = _part("release", "恢复一个停用的进程", rest, home)
    home.release(name)
    _wait(home, name, lambda health: health == "ok")
    say(f"已恢复 {title}")
    return 0


def roll(rest: list[str], home: Installation, say: Say) -> int:
    """A new process takes over from the old one; nobody who calls notices."""
    name, title = _part("roll", "换一个新进程，中间不停", rest, home)
    before = _pid(home, name)
    home.roll(name)
    end = time.monotonic() + PATIENCE_SECONDS
    while name in home.rolling:
        if time.monotonic() > end:
            raise TakesTooLong("看它怎么样了：./diebian doctor")
        time.sleep(0.1)
    if _pid(home, name) == before:
        raise NotRolled(f"{title}。原因在 {home.logs / 'supervisor.log'}")
    say(f"已换新进程 {title}")
    return 0


def _pid(home: Installation, name: str) -> object:
    return next(part["pid"] for part in home.told()["processes"] if part["name"] == name)


def _part(word: str, says: str, rest: list[str], home: Installation) -> tuple[str, str]:
    words = Words(word, says)
    words.add_argument("part", help="进程名，见 ./diebian status")
    name = words.parse_args(rest).part
    titles = {part["name"]: part["title"] for part in home.told()["processes"]}
    if not titles:
        raise NotRunning(stands_still(home))
    if name not in titles:
        raise PartUnknown(f"{name}。有这些：{'、'.join(titles)}")
    return name, titles[name]


def _wait(home: Installation, name: str, is_done: Callable[[str], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        for part in home.told()["processes"]:
            if part["name"] == name and is_done(part["health"]):
                return
        time.sleep(0.1)
    raise TakesTooLong("看它怎么样了：./diebian doctor")
