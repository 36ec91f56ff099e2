"""`diebian collect` tells how it stands; `collect run 代码…` does it now."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diebian.base.lake import selectors
from diebian.base.lake.actions import define_all
from diebian.base.lake.hold_actions import ADOPT, LEAVE_OUT, decide_hold
from diebian.base.lake.models import RunState
from diebian.base.lake.run_actions import stop_run
from diebian.kernel.errors import DiebianError
from diebian.kernel.progress import Progress, drawn
from diebian.security.identity.public import PLATFORM


class Command(BaseCommand):
    help = "数据归集：各项的情况；run 归集；stop 停止；decide 决定源的变化；tidy 整理湖"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")
        verbs = parser.add_subparsers(dest="verb")
        run = verbs.add_parser("run", help="现在归集")
        run.add_argument("slugs", nargs="*", help="归集的代码")
        run.add_argument("--source", help="这个源的全部")
        run.add_argument("--due", action="store_true", help="到时间的全部")
        run.add_argument("--since", default="", help="补采：从（含）")
        run.add_argument("--until", default="", help="补采：到（不含）")
        define = verbs.add_parser("define", help="把一个源的全部表登记为归集")
        define.add_argument("source", help="源的代码")
        define.add_argument("prefix", help="湖里表名的开头")
        verbs.add_parser("stop", help="停止一次归集").add_argument("run", type=int)
        decide = verbs.add_parser("decide", help="源变了：adopt 采纳，leave_out 不收新列")
        decide.add_argument("hold", type=int)
        decide.add_argument("decision", choices=[ADOPT, LEAVE_OUT])
        verbs.add_parser("tidy", help="合并小文件，清掉过期的快照")

    def handle(self, *_: Any, **options: Any) -> None:
        verbs = {"run": self._run, "stop": self._stop, "decide": self._decide,
                 "define": self._define, "tidy": self._tidy}  # fmt: skip
        try:
            verbs.get(options["verb"], self._tell)(options)
        except DiebianError as error:
            raise CommandError(f"{error.title}：{error}（{error.code}）") from error

    def _run(self, options: dict[str, Any]) -> None:
        from diebian.base.lake.collecting import collect  # loads the library of the lake

        slugs = list(options["slugs"])
        slugs += selectors.slugs_of_source(options["source"]) if options["source"] else []
        slugs += selectors.due_slugs() if options["due"] else []
        if not slugs:
            raise CommandError("没有要归集的。有哪些：./diebian collect")
        runs = collect(
            slugs=slugs,
            by=PLATFORM,
            since=options["since"],
            until=options["until"],
            report=self._bar,
        )
        for run in runs:
            self.stdout.write(f"{run.collection.title}：{run.get_state_display()}。{run.sentence}")
        if any(run.state != RunState.DONE for run in runs):
            raise CommandError("有的没有完成，原因见上")

    def _bar(self, told: Progress) -> None:
        if sys.stderr.isatty():
            self.stderr.write(drawn(told), ending="")

    def _define(self, options: dict[str, Any]) -> None:
        made = define_all(source=options["source"], prefix=options["prefix"], by=PLATFORM)
        self.stdout.write(f"登记了 {len(made)} 张表")

    def _stop(self, options: dict[str, Any]) -> None:
        stop_run(run_id=options["run"], by=PLATFORM)
        self.stdout.write("已要求停止，这一批不进湖")

    def _decide(self, options: dict[str, Any]) -> None:
        decide_hold(hold_id=options["hold"], decision=options["decision"], by=PLATFORM)
        self.stdout.write("记下了，下次归集照此办理")

    def _tidy(self, _: dict[str, Any]) -> None:
        from diebian.base.lake.jobs import tidy

        tidy(0)
        self.stdout.write("整理好了")

    def _tell(self, options: dict[str, Any]) -> None:
        lines = selectors.all_lines()
        if options["json"]:
            told = [
                {"slug": one.collection.slug, "state": one.state, "late": one.is_late,
                 "watermark": one.collection.watermark, "quarantined": one.bad_rows}
                for one in lines
            ]  # fmt: skip
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for one in lines:
            self.stdout.write(f"{one.collection.slug:24} {one.words}  {one.sentence}")
        if not lines:
            self.stdout.write("还没有登记归集")
