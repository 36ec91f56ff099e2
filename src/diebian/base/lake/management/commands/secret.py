"""`diebian secret keep NAME DEPARTMENT KIND URL` reads a password from terminal or stdin."""

import sys
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diebian.base.lake.addresses import checked_address, origin_of
from diebian.base.lake.models import SourceKind
from diebian.base.lake.secrets import keep_secret, kept_secrets
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import PLATFORM

WITH_SECRET = [kind for kind in SourceKind if kind not in {SourceKind.FILE, SourceKind.PUSH}]


class Command(BaseCommand):
    help = "各部门系统的口令：有哪些；keep 放一个，只给这个部门、只送到这个地址"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb")
        keep = verbs.add_parser("keep", help="放一个口令，从终端或标准输入读")
        keep.add_argument("name", help="名字，登记来源、接收库时写它")
        keep.add_argument("department", help="部门的统一社会信用代码")
        keep.add_argument("kind", choices=WITH_SECRET, help="系统的种类")
        keep.add_argument("url", help="系统的地址，和登记时写的一样")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            (self._keep if options["verb"] == "keep" else self._tell)(options)
        except DiebianError as error:
            raise CommandError(error.sentence) from error

    def _keep(self, options: dict[str, Any]) -> None:
        origin = origin_of(checked_address(options["kind"], {"url": options["url"]}))
        text = getpass("口令：") if sys.stdin.isatty() else sys.stdin.readline()
        name, department = options["name"], options["department"]
        keep_secret(name=name, department=department, origin=origin, text=text, by=PLATFORM)
        self.stdout.write(f"放好了：{name}，只给 {department}，只送到 {origin}")

    def _tell(self, _: dict[str, Any]) -> None:
        kept = list(kept_secrets())
        for one in kept:
            self.stdout.write(f"{one.department}  {one.name:24} {one.origin}")
        if not kept:
            self.stdout.write("还没有放口令")
