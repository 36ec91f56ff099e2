"""`diebian demo [--json]`: the journey against the running platform."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diebian.cloud.runtime.public import Installation
from diebian.scenes.services.walk import Walk
from diebian.scenes.services.walk.script import script_of
from diebian.standards.profile import load


class Command(BaseCommand):
    help = "走一遍主线：搜索、申请、审核、决定、验证、评价、大屏"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *_: Any, **options: Any) -> None:
        home = Installation(Path(os.environ["DIEBIAN_DATA"]))
        parts = {part["name"]: part for part in home.told()["processes"]}
        if "web" not in parts:
            raise CommandError("平台没有在运行。先启动：./diebian up")
        script = script_of(load(Path(os.environ["DIEBIAN_CITY"])))
        walk = Walk(f"http://127.0.0.1:{parts['web']['port']}", home, script)
        done = walk.run()
        for step in walk.steps:
            self.stdout.write(f"{'✓' if step.ok else '✗'} {step.name}：{step.evidence}")
        if options["json"]:
            self.stdout.write(json.dumps(walk.told(), ensure_ascii=False))
        if not done:
            sys.exit(1)
