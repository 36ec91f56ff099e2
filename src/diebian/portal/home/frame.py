"""What every page shows (context), and what every answer carries (headers)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from diebian.base.directory.public import city
from diebian.security.identity.public import actor_or_none

from .public import menu

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)


def frame(request: HttpRequest) -> dict[str, Any]:
    actor = actor_or_none(request)
    return {
        "city": city(),
        "actor": actor,
        "menu": [entry for entry in menu if actor and entry.is_for(actor)],
        "elder": request.COOKIES.get("elder") == "1",
    }


class Headers:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer["Content-Security-Policy"] = POLICY
        if not request.path.startswith("/static/"):
            answer["Cache-Control"] = "no-store"
        return answer
