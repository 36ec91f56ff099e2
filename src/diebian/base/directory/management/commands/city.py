"""`diebian city check DIR` and `diebian city load DIR [--dry-run]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diebian.base.directory.actions import load_city
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import PLATFORM
from diebian.standards.profile import load

SHOWN = 40


class Command(BaseCommand):
    help = "检查或载入一座城市的资料文件夹"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["check", "load"])
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *_: Any, **options: Any) -> None:
        profile = load(options["folder"])
        for fault in profile.faults:
            self.stderr.write(str(fault))
        if profile.faults:
            raise CommandError(f"共 {len(profile.faults)} 处错误，没有载入")
        if options["verb"] == "check":
            self.stdout.write("没有发现错误")
            return
        try:
            changes = load_city(profile=profile, by=PLATFORM, dry_run=options["dry_run"])
        except DiebianError as error:
            raise CommandError(f"{error.title}：{error}（{error.code}）") from error
        for change in changes[:SHOWN]:
            self.stdout.write(str(change))
        word = "将有" if options["dry_run"] else "已有"
        self.stdout.write(f"{word} {len(changes)} 处变化")
