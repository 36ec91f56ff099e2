"""A number for each request: shown on an error page, read out on the phone, found in the log.

Digits only, with the date first: it must survive being read aloud by anybody to anybody.
"""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from . import clock

_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The number of the request being answered; empty outside of one."""
    return _current.get()


class RequestIdMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _current.set(_new_number())
        answer = self.get_response(request)
        answer["X-Request-ID"] = request_id()
        return answer


class WithRequestId(logging.Filter):
    """Gives every log line the number of its request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id() or "-"
        return True


def _new_number() -> str:
    drawn = f"{secrets.randbelow(10**8):08}"
    return f"{clock.today():%m%d}-{drawn[:4]}-{drawn[4:]}"
