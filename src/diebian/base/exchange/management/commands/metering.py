import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandParser

from diebian.base.exchange.metering.selectors import metering

WORDS = {
    "calls": "今天的调用",
    "answered": "其中答复成功",
    "unanswered": "其中调用方没等到答复就断开",
    "from_journal": "其中网关日志丢失、由交换日记补记",
    "waiting": "此刻只在交换日记里的",
    "unreadable": "网关日志里读不懂的行（累计）",
}


class Command(BaseCommand):
    help = "共享网关计量的两本账"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *_: object, json: bool, **__: object) -> None:
        told = asdict(metering())
        if json:
            self.stdout.write(_as_json(told))
            return
        for name, value in told.items():
            self.stdout.write(f"{WORDS[name]}：{value}")


def _as_json(told: dict[str, int]) -> str:
    return json.dumps(told)
