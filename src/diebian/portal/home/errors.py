"""What a person reads when a page cannot be given: what happened, what to do, a number to quote.

These are not refusals of ours but Django's own: bad requests, unknown addresses, faults. None of
them tells anything about the inside; the log does, under the same number.
"""

import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from diebian.kernel.problems import API, problem_json

from .frame import bare_frame

RETRY_SECONDS = 60


@dataclass(frozen=True)
class Problem:
    code: str
    status: int
    title: str
    detail: str

    @property
    def as_json(self) -> dict[str, object]:
        return {"type": f"urn:diebian:problem:{self.code}", **asdict(self)}


UNREADABLE = Problem(
    "home.unreadable", 400, "这个请求看不懂", "请回到上一页再试一次，或者从首页重新开始。"
)
TOO_LARGE = Problem(
    "home.too_large",
    413,
    "交上来的内容太大，没有收下",
    "请回到上一页，把内容改短一些再提交。您已经办好的不受影响。",
)
EXPIRED = Problem(
    "home.form_expired",
    403,
    "这一页放得太久了，没有提交成功",
    "为了保证是您本人在操作，请回到上一页、刷新后再提交。浏览器要允许使用 Cookie。",
)
REFUSED = Problem("home.refused", 403, "没有权限", "这一页不对您开放。请换一个账户，或从首页查找。")
UNKNOWN = Problem(
    "home.unknown_page",
    404,
    "没有这一页",
    "网址可能输错了，或者这一页已经搬走。您可以在下面说说要办的事。",
)
NOT_A_PAGE = Problem(
    "home.not_a_page",
    405,
    "这个网址不能直接打开",
    "它是某一页上的按钮用的。请从首页或“我的办件”重新进入。",
)
FAULT = Problem(
    "home.fault",
    500,
    "我们这边出错了",
    "不是您的问题，已经记下。请几分钟后再试；如果刚才在提交，先看看“我的办件”里有没有，"
    "没有就再提交一次。",
)
NO_DATABASE = Problem(
    "home.no_database",
    503,
    "暂时连不上数据库",
    "已办的都在，请 1 分钟后再试。如果刚才在提交，先看看“我的办件”里有没有，没有就再提交一次。",
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    too_large = isinstance(exception, RequestDataTooBig)
    return _answer(request, TOO_LARGE if too_large else UNREADABLE)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Django hands over a reason for developers; a visitor has no use for it."""
    return _answer(request, EXPIRED)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _answer(request, REFUSED)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _answer(request, UNKNOWN)


def failed(request: HttpRequest) -> HttpResponse:
    """Drawn from nothing that may itself be broken: no database, no session."""
    cut = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    problem = NO_DATABASE if cut else FAULT
    if request.path.startswith(API):
        answer: HttpResponse = problem_json(problem.as_json)
    else:
        page = render_to_string("page.html", {**bare_frame(request), "problem": problem})
        answer = HttpResponse(page, status=problem.status)
    if cut:
        answer["Retry-After"] = f"{RETRY_SECONDS}"
    return answer


class EmptyAnswers:
    """Django answers a wrong verb with an empty page; whoever typed the address sees nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != NOT_A_PAGE.status or answer.content:
            return answer
        page = _answer(request, NOT_A_PAGE)
        page["Allow"] = answer["Allow"]
        return page


def _answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    if request.path.startswith(API):
        return problem_json(problem.as_json)
    return render(request, "page.html", {"problem": problem}, status=problem.status)
