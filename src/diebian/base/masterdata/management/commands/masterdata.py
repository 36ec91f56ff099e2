"""`diebian masterdata` tells each base; `masterdata build SLUG…` builds now."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diebian.base.masterdata import selectors
from diebian.base.masterdata.actions import start
from diebian.base.masterdata.models import Base, Build, BuildState, Stage
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import PLATFORM


class Command(BaseCommand):
    help = "基础库：各库的情况；build 现在建"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")
        verbs = parser.add_subparsers(dest="verb")
        build = verbs.add_parser("build", help="现在建；不写代码就建全部")
        build.add_argument("slugs", nargs="*", help="基础库的代码")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            if options["verb"] == "build":
                self._build(options["slugs"])
            else:
                self._tell(options["json"])
        except DiebianError as error:
            raise CommandError(error.sentence) from error

    def _build(self, slugs: list[str]) -> None:
        from diebian.base.masterdata.running import execute  # loads the library of the lake

        chosen = slugs or list(Base.objects.order_by("slug").values_list("slug", flat=True))
        ended = [execute(start(slug=slug, by=PLATFORM).pk, point=self._point) for slug in chosen]
        for build in ended:
            told = build.sentence or f"{build.counts.get('entities')} 个"
            self.stdout.write(f"{build.base.title}：{build.get_state_display()}。{told}")
        if any(build.state != BuildState.DONE for build in ended):
            raise CommandError("有的没有建成，原因见上")

    def _point(self, name: str) -> None:
        if sys.stderr.isatty() and name in Stage.values:
            self.stderr.write(f"{Stage(name).label}……")

    def _tell(self, as_json: bool) -> None:
        lines = [_line(base) for base in Base.objects.order_by("slug")]
        if as_json:
            self.stdout.write(json.dumps(lines, ensure_ascii=False))
            return
        for one in lines:
            self.stdout.write(f"{one['slug']:24} {one['words']}")
        if not lines:
            self.stdout.write("还没有基础库")


def _line(base: Base) -> dict[str, Any]:
    now = selectors.build_now(base)
    last = Build.objects.filter(base=base).order_by("-number").first()
    asked = selectors.undecided().filter(base=base).count()
    counts = now.counts if now else {}
    words = (f"{counts['entities']} 个，{asked} 对等人定" if now else "还没有建成") + (
        f"；最近一次{last.get_state_display()}" if last else ""
    )
    return {
        "slug": base.slug, "state": last.state if last else "", "built": base.built,
        "entities": counts.get("entities"), "uncertain": asked, "words": words,
        "sentence": last.sentence if last else "",
    }  # fmt: skip
