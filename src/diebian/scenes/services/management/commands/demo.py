"""`diebian demo [--json]`: the journey against the running platform."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diebian.scenes.services.walk import Walk
from diebian.standards.profile import load


class Command(BaseCommand):
    help = "走一遍主线：搜索、申请、审核、决定、验证、评价、大屏"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *_: Any, **options: Any) -> None:
        state = Path(os.environ["DIEBIAN_DATA"]) / "run" / "state.json"
        if not state.exists():
            raise CommandError("平台没有在运行。先启动：./diebian up")
        parts = {part["name"]: part for part in json.loads(state.read_text())["processes"]}
        people = load(Path(os.environ["DIEBIAN_CITY"])).people
        walk = Walk(f"http://127.0.0.1:{parts['web']['port']}", people["password"])
        done = walk.run()
        for step in walk.steps:
            self.stdout.write(f"{'✓' if step.ok else '✗'} {step.name}：{step.evidence}")
        if options["json"]:
            self.stdout.write(json.dumps(walk.told(), ensure_ascii=False))
        if not done:
            sys.exit(1)
