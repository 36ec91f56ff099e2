"""`diebian city check DIR` and `diebian city load DIR [--dry-run]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diebian.base.directory.public import Change, Verb, load_city
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import PLATFORM
from diebian.standards.profile import load

SHOWN = 20


class Command(BaseCommand):
    help = "检查或载入一座城市的资料文件夹"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["check", "load"])
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *_: Any, **options: Any) -> None:
        profile = load(options["folder"])
        for fault in profile.faults:
            self.stderr.write(str(fault))
        if profile.faults:
            raise CommandError(f"共 {len(profile.faults)} 处错误")
        if options["verb"] == "check":
            self.stdout.write("没有发现错误")
            return
        try:
            changes = load_city(profile=profile, by=PLATFORM, dry_run=options["dry_run"])
        except DiebianError as error:
            raise CommandError(error.sentence) from error
        self._tell(changes, dry_run=options["dry_run"])

    def _tell(self, changes: list[Change], *, dry_run: bool) -> None:
        """A first load has thousands of new rows: those are counted, all other changes shown."""
        new = [change for change in changes if change.verb == Verb.NEW]
        for change in [*new[:SHOWN], *(one for one in changes if one.verb != Verb.NEW)]:
            self.stdout.write(str(change))
        if len(new) > SHOWN:
            self.stdout.write(f"……共新增 {len(new)} 项")
        word = "将有" if dry_run else "已有"
        self.stdout.write(f"{word} {len(changes)} 处变化")
