"""`diebian themes` tells what there is; `themes compile [代码…]` compiles now, with a report."""

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diebian.base.process.public import NotDeployable, check_file
from diebian.kernel.errors import DiebianError
from diebian.scenes.services.themes.actions import Done, compile_themes
from diebian.scenes.services.themes.facts import About
from diebian.scenes.services.themes.models import Theme
from diebian.scenes.services.themes.newest import newest_of
from diebian.security.identity.public import PLATFORM


class Command(BaseCommand):
    help = "一件事：有哪些；compile 现在按各事项正在执行的版本编"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")
        verbs = parser.add_subparsers(dest="verb")
        told = verbs.add_parser("compile", help="编；不写代码就编全部")
        told.add_argument("codes", nargs="*", help="一件事的代码")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            if options["verb"] == "compile":
                self._compile(options["codes"] or None, as_json=options["json"])
            else:
                self._tell(as_json=options["json"])
        except DiebianError as error:
            raise CommandError(error.sentence) from error

    def _compile(self, codes: list[str] | None, *, as_json: bool) -> None:
        done = compile_themes(codes=codes, by=PLATFORM)
        reports = [_report(one) for one in done]
        if as_json:
            self.stdout.write(json.dumps(reports, ensure_ascii=False))
        else:
            self._say(reports)
        if any(one["fault"] for one in reports):
            raise CommandError("有的没有编成，原因见上")

    def _say(self, reports: list[dict[str, Any]]) -> None:
        for one in reports:
            for says in filter(None, [one["fault"], *one["conflicts"], *one["waiting"]]):
                self.stdout.write(f"{one['code']} {one['name']}：{says}")
        count = Counter(about for one in reports for about in one["notes"])
        made = sum(one["is_new"] for one in reports)
        clear = sum(not one["fault"] and not one["conflicts"] for one in reports)
        self.stdout.write(
            f"{len(reports)} 件，新编 {made} 件，没有冲突 {clear} 件；合并材料 "
            f"{count[About.MERGED]} 种，多等 {count[About.WAITING]} 处"
        )

    def _tell(self, *, as_json: bool) -> None:
        rows = list(Theme.objects.filter(retired_on=None).order_by("code"))
        newest = newest_of(rows)
        lines = [
            {"code": row.code, "name": row.name, "fault": row.fault,
             "version": newest[row.pk].number if row.pk in newest else None}
            for row in rows
        ]  # fmt: skip
        if as_json:
            self.stdout.write(json.dumps(lines, ensure_ascii=False))
            return
        for line in lines:
            says = line["fault"] or f"第 {line['version']} 版"
            self.stdout.write(f"{line['code']:8} {line['name']}：{says}")
        if not lines:
            self.stdout.write("这座城市的资料里没有一件事")


def _report(one: Done) -> dict[str, Any]:
    """With the drawing as the engine would take it: what it refuses is a fault as well."""
    notes = one.told.notes if one.told else ()
    fault = one.fault
    if one.told:
        try:
            check_file(one.told.drawing.encode())
        except NotDeployable as error:
            fault = error.told
    return {
        "code": one.theme.code,
        "name": one.theme.name,
        "fault": fault,
        "is_new": one.is_new,
        "conflicts": [note.says for note in notes if note.is_conflict],
        "waiting": [note.says for note in notes if note.about == About.WAITING],
        "notes": [str(note.about) for note in notes],
        "days": one.told.days if one.told else None,
        "days_one_by_one": one.told.days_one_by_one if one.told else None,
    }
