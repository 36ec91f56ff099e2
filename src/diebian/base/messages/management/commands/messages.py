"""`diebian messages` tells what waits and what is ill; `messages retry ID` tries one once more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diebian.base.messages.actions import retry
from diebian.base.messages.selectors import backlog, ill_messages
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import PLATFORM


class Command(BaseCommand):
    help = "消息的情况：等着发出的、处理不了的；retry 编号：再处理一次"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb")
        verbs.add_parser("retry").add_argument("id", type=int)

    def handle(self, *_: Any, **options: Any) -> None:
        if options["verb"] == "retry":
            self._retry(options["id"])
        else:
            self._tell()

    def _retry(self, ill_id: int) -> None:
        try:
            retry(ill_id=ill_id, by=PLATFORM)
        except DiebianError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write("处理好了")

    def _tell(self) -> None:
        waiting = backlog()
        since = f"，最早的一条是 {waiting.oldest:%F %T} 的" if waiting.oldest else ""
        self.stdout.write(f"等着发出的消息：{waiting.count} 条{since}")
        ill = ill_messages()
        for one in ill:
            self.stdout.write(
                f"{one.id}：{one.handler} 处理不了 {one.topic}（{one.key}），"
                f"试过 {one.tries} 次：{one.reason}"
            )
        if ill:
            raise CommandError(
                f"有 {len(ill)} 条消息处理不了。消除原因后：./diebian messages retry 编号"
            )
        self.stdout.write("没有处理不了的消息")
