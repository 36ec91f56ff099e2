"""`status` and `doctor`: what runs, which port, how healthy, and what to do about it."""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from diebian.cloud.runtime.public import Installation
from diebian.kernel import clock
from diebian.kernel.words import Words

from .health import stands_still
from .up import Say

MB = 1024 * 1024
LOW_BYTES = 1024 * MB
SILENT_SECONDS = 20
WORDS = {"ok": "正常", "down": "没有应答", "held": "停用"}


def status(rest: list[str], home: Installation, say: Say) -> int:
    words = Words("status", "列出每个进程")
    words.add_argument("--json", action="store_true", help="给程序读")
    state = home.told()
    if words.parse_args(rest).json:
        say(json.dumps(state, ensure_ascii=False))
    elif not state["processes"]:
        say(stands_still(home))
    else:
        for part in state["processes"]:
            where = f"端口 {part['port']}" if part["port"] else "没有端口"
            health = WORDS[part["health"]]
            say(f"{part['name']:18} {health}  进程 {part['pid']}  {where}  {part['title']}")
    return 0 if state["processes"] else 1


def doctor(rest: list[str], home: Installation, say: Say) -> int:
    words = Words("doctor", "说明哪里不好、怎么办")
    words.parse_args(rest)
    state = home.told()
    if not state["processes"]:
        say(stands_still(home))
        return 1
    ill = [part for part in [*state["processes"], *state["outside"]] if part["health"] == "down"]
    for line in [*_whole(state), *_parts(state), *_room(home), *_database(state)]:
        say(line)
    say(f"有 {len(ill)} 处不好，见上面带“！”的行" if ill else "都正常")
    return 1 if ill else 0


def _whole(state: dict[str, Any]) -> Iterator[str]:
    yield f"网址 {state['address']}，数据在 {state['data']}，城市资料在 {state['city']}"
    age = (clock.now() - datetime.fromisoformat(state["at"])).total_seconds()
    if not state["ready"]:
        yield "！还在启动，请稍等再看一次"
    elif age > SILENT_SECONDS:
        yield f"！监管进程 {state['supervisor']} 有 {age:.0f} 秒没有消息：按 Ctrl-C 停止后重新 up"


def _parts(state: dict[str, Any]) -> Iterator[str]:
    for part in state["processes"]:
        where = f"，端口 {part['port']}" if part["port"] else ""
        again = f"；重启过 {part['restarts']} 次" if part["restarts"] else ""
        if part["health"] == "ok":
            yield f"　{part['title']}{where}：正常{again}"
        elif part["health"] == "held":
            yield f"　{part['title']}：停用。恢复：./diebian release {part['name']}"
        else:
            yield f"！{part['title']}{where}：没有应答，正在自动重启{again}；原因看 {part['log']}"
    for part in state["outside"]:
        if part["health"] == "ok":
            yield f"　{part['title']}：正常"
        else:
            yield f"！{part['title']}：没有应答。请它的管理员检查；地址在启动时的环境里"


def _room(home: Installation) -> Iterator[str]:
    free = home.free_bytes
    if free < LOW_BYTES:
        yield f"！磁盘只剩 {free // MB} MB：请腾出空间，满了就不能再办件"
    else:
        yield f"　磁盘剩余 {free // MB} MB"


def _database(state: dict[str, Any]) -> Iterator[str]:
    """Asked now, through the components' doors; Django is started for this word only."""
    ours = [part for part in state["processes"] if part["name"] == "postgres"]
    if not ours and not os.environ.get("DATABASE_URL"):
        yield "　数据库在外面；要看它的大小，请在 DATABASE_URL 指明它的环境里运行"
        return
    if any(part["health"] != "ok" for part in ours):
        return
    import django
    import psycopg
    from django.db import Error

    django.setup()
    from diebian.base.exchange.public import last_call_at
    from diebian.cloud.runtime.public import database_bytes

    try:
        yield f"　数据库大小 {database_bytes() // MB} MB"
        last = last_call_at()
    except (Error, psycopg.Error):
        yield "！数据库没有回答它有多大，请稍后再看一次"
        return
    if last is None:
        yield "　还没有计量到任何调用"
    else:
        seconds = (clock.now() - last).total_seconds()
        yield f"　最近一次计量的调用在 {_ago(seconds)}前"


def _ago(seconds: float) -> str:
    for size, unit in ((86400, "天"), (3600, "小时"), (60, "分钟")):
        if seconds >= size:
            return f" {seconds // size:.0f} {unit}"
    return f" {seconds:.0f} 秒"
