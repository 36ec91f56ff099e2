"""`diebian quality` tells the scores; `quality run [代码…]` checks now; `quality declare` rules."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diebian.base.quality import selectors
from diebian.base.quality.everywhere import declare_everywhere
from diebian.base.quality.kinds import KINDS
from diebian.base.quality.models import RunState
from diebian.kernel.errors import DiebianError
from diebian.kernel.progress import Progress, drawn
from diebian.security.identity.public import PLATFORM


class Command(BaseCommand):
    help = "数据质量：各张表的得分；run 现在按规则查；declare 给有这些列的表都声明一条规则"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")
        verbs = parser.add_subparsers(dest="verb")
        run = verbs.add_parser("run", help="现在查；不写表就查所有有规则的表")
        run.add_argument("slugs", nargs="*", help="归集的代码")
        declare = verbs.add_parser("declare", help="给有这些列的每张表声明同一条规则")
        declare.add_argument("kind", choices=list(KINDS))
        declare.add_argument("told", nargs="*", help="名称=值，例：column=sfzh；代码表用逗号隔开")
        declare.add_argument(
            "--department", default="", help="只给这个部门的表（统一社会信用代码）"
        )
        declare.add_argument("--basis", default="", help="依据")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            verbs = {"run": self._run, "declare": self._declare}
            verbs.get(options["verb"], self._tell)(options)
        except DiebianError as error:
            raise CommandError(error.sentence) from error

    def _run(self, options: dict[str, Any]) -> None:
        from diebian.base.quality.checking import check  # loads the library of the lake

        runs = check(slugs=options["slugs"], by=PLATFORM, report=self._bar)
        for run in runs:
            told = run.sentence or f"{run.rows} 行，{_score(run.score)}"
            self.stdout.write(f"{run.collection.title}：{run.get_state_display()}。{told}")
        if any(run.state != RunState.DONE for run in runs):
            raise CommandError("有的没有查成，原因见上")

    def _declare(self, options: dict[str, Any]) -> None:
        told: dict[str, Any] = dict(one.partition("=")[::2] for one in options["told"])
        if "codes" in told:
            told["codes"] = told["codes"].replace("，", ",").split(",")
        made = declare_everywhere(
            kind=options["kind"],
            told=told,
            department=options["department"],
            basis=options["basis"],
            by=PLATFORM,
        )
        self.stdout.write(f"声明了 {len(made)} 条，下一次检查起算数")

    def _bar(self, told: Progress) -> None:
        if sys.stderr.isatty():
            self.stderr.write(drawn(told), ending="")

    def _tell(self, options: dict[str, Any]) -> None:
        lines = selectors.all_lines()
        if options["json"]:
            told = [
                {"slug": table.slug, "state": run.state if run else "",
                 "score": float(run.score) if run and run.score is not None else None,
                 "rows": run.rows if run else None}
                for table, run in lines
            ]  # fmt: skip
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for table, run in lines:
            says = (run.sentence or _score(run.score)) if run else "还没有查过"
            self.stdout.write(f"{table.slug:24} {says}")
        if not lines:
            self.stdout.write("还没有规则")


def _score(score: Any) -> str:
    return "没有可评的行" if score is None else f"{score} 分"
