"""A session that nobody uses ends by itself: a clerk walks away, a phone is lent.

How long is data (`settings.IDLE_MINUTES`, by kind of actor). It lives here and not in identity:
only pages know when somebody last did something.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from diebian.kernel import clock
from diebian.security.identity.public import Actor, actor_or_none, sign_out

SEEN = "seen_at"
WRITE_EVERY = timedelta(minutes=1)  # not on each request: a row is written


class IdleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without the cookie there is no session to look up: a probe stays free of the database.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _look(request)
        return self.get_response(request)


def limit_for(actor: Actor) -> timedelta:
    return timedelta(minutes=settings.IDLE_MINUTES["person" if actor.is_person else "official"])


def _look(request: HttpRequest) -> None:
    actor = actor_or_none(request)
    if actor is None:
        return
    kept = request.session.get(SEEN)
    idle = clock.now() - datetime.fromisoformat(kept) if kept else None
    if idle is not None and idle > limit_for(actor):
        sign_out(request)
        request.signed_out_idle = True  # type: ignore[attr-defined]  # read by the page's frame
    elif idle is None or idle > WRITE_EVERY:
        request.session[SEEN] = clock.now().isoformat()
