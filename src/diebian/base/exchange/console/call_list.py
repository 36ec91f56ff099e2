"""每一次使用: the calls behind a figure, the newest first. How many they are is counted already."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from diebian.base.exchange.metering.asked_calls import OUTCOME, OUTCOMES, Question, asked_calls
from diebian.base.exchange.metering.models import Call
from diebian.base.exchange.metering.names import callers, titles
from diebian.security.identity.public import Actor

A_PAGE = 50
DELIVERED = {"TABLE": "库表已送到", "FILE": "文件已下载"}  # the flags of `uses`


@dataclass(frozen=True)
class CallRow:
    call: Call
    resource: str
    system: str
    outcome: str


@dataclass(frozen=True)
class CallList:
    question: Question
    page: Page[Any]
    rows: list[CallRow]


def call_list(by: Actor, question: Question) -> CallList:
    asked = asked_calls(by, question)
    ordered = asked.calls().annotate(outcome=OUTCOME).order_by("-at", "-pk")
    pages: Paginator[Any] = Paginator(ordered, A_PAGE)
    vars(pages)["count"] = asked.count()  # nobody counts a million rows for fifty
    page = pages.get_page(question.page)
    named, systems = titles(), callers()
    shown = [
        CallRow(
            call,
            named.get(call.route, call.route),
            systems.get(call.system, call.system),
            DELIVERED.get(call.flags, OUTCOMES[call.outcome][0]),
        )
        for call in page
    ]
    return CallList(question, page, shown)
