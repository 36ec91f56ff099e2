"""`python -m diebian.base.delivery.bench.published.side STEP`: in the rig's environment.

`fill`: catalogue, rows, collections, files and interfaces. `grant`: with the gateway running.
`tell`: the platform's own figures. Plan and more on stdin; how far it is on stderr; what came and
the seconds of each part as JSON on stdout.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django

from diebian.kernel.progress import Progress, drawn

Told = dict[str, Any]
EVERY_SECONDS = 2.0  # where nobody sits at a terminal a line is not drawn over: fewer of them


class Watch:
    """Seconds of each part, and how far it is for whoever watches."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._told = 0.0

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 2)
        print(f"{name}：{self.seconds[name]} 秒", file=sys.stderr, flush=True)  # noqa: T201

    def report(self, told: Progress) -> None:
        now = time.monotonic()
        if told.done != told.of and now - self._told < EVERY_SECONDS:
            return
        self._told = now
        line = drawn(told)
        sys.stderr.write(line if sys.stderr.isatty() else f"{line.strip()}\n")
        sys.stderr.flush()


def fill(told: Told, watch: Watch) -> Told:
    from django.core.management import call_command

    from . import files, interfaces, stock, tables
    from .plan import Plan

    plan, contract = Plan(**told["plan"]), told["contract"]
    with watch.part("结构"):
        call_command("migrate", verbosity=0)
    with watch.part("目录"):
        stock.load_stock(plan)
    dealt = stock.deal(plan)
    with watch.part("源里的行"):
        tables.make_rows(plan, told["source"])
    with watch.part("登记归集"):
        tables.define(dealt.tables, told["source"], watch.report)
    with watch.part("归集"):
        tables.collect_all(dealt.tables, watch.report)
    with watch.part("挂载库表"):
        tables.mount(dealt.tables, watch.report)
    with watch.part("挂载文件"):
        files.mount(dealt.files, watch.report)
    with watch.part("挂载接口"):
        interfaces.mount_local(dealt.local, contract, watch.report)
    with watch.part("代理上级接口"):
        interfaces.register_nodes()
        interfaces.mount_upper(dealt.upper, contract, plan.upper_calls, watch.report)
    return {}


def grant(told: Told, watch: Watch) -> Told:
    from . import interfaces, stock
    from .plan import Plan

    plan = Plan(**told["plan"])
    dealt = stock.deal(plan)
    local = dealt.local[: plan.local_kinds]
    slugs = [interfaces.local_slug(number) for number in range(len(local))]
    slugs += [interfaces.upper_slug(number) for number in range(len(dealt.upper))]
    with watch.part("申请和授权"):
        systems = interfaces.grant_all([*local, *dealt.upper], slugs, watch.report)
    with watch.part("高峰期开始"):
        interfaces.crowd(slugs[0])
    return {"systems": systems, "purpose": interfaces.PURPOSE}


def tell(_: Told, watch: Watch) -> Told:
    from .figures import own_figures

    with watch.part("平台自己的数"):
        return {"figures": own_figures()}


STEPS: dict[str, Callable[[Told, Watch], Told]] = {"fill": fill, "grant": grant, "tell": tell}


def main() -> None:
    django.setup()
    watch = Watch()
    told = STEPS[sys.argv[1]](json.load(sys.stdin), watch)
    print(json.dumps({**told, "seconds": watch.seconds}))  # noqa: T201


if __name__ == "__main__":
    main()
