"""What every page shows (context), and what every answer carries (headers)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from diebian.base.directory.public import CityHead, city_head
from diebian.kernel.menu import Group, MenuEntry, menu
from diebian.kernel.request_id import request_id
from diebian.kernel.waiting import waiting
from diebian.security.identity.public import Actor, actor_or_none, department_name

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
ELDER = "elder"  # the cookie of 长辈版
_address = cache(reverse)  # of a place: it stays for as long as the process lives


@dataclass(frozen=True)
class Place:
    """A menu entry as this page shows it, or a group of them: then `inner` is not empty."""

    title: str
    address: str  # none of a group: it opens
    current: str  # what aria-current says: page, true (a page below it) or nothing
    badge: int
    inner: Sequence["Place"] = ()


class LastCity:
    """The city as last read, so that the page about a lost database can tell whom to call."""

    line: CityHead | None = None
    host: str = ""

    @classmethod
    def read(cls) -> tuple[CityHead | None, str]:
        cls.line = city_head()
        cls.host = department_name(cls.line.lead) if cls.line else ""
        return cls.line, cls.host


def frame(request: HttpRequest) -> dict[str, Any]:
    line, host = LastCity.read()
    actor = actor_or_none(request)
    return {
        "city": line,
        "host": host,
        "actor": actor,
        "menu": list(_places(actor, request)),
        "is_home": request.path == "/",
        "signed_out_idle": getattr(request, "signed_out_idle", False),
        "after_sign_in": page_to_return_to(request),
        "elder": is_elder(request),
        "request_id": request_id(),
    }


def bare_frame(request: HttpRequest) -> dict[str, Any]:
    """The same frame from memory alone: for a page that must not ask the database."""
    return {
        "city": LastCity.line,
        "host": LastCity.host,
        "elder": is_elder(request),
        "request_id": request_id(),
    }


def is_elder(request: HttpRequest) -> bool:
    return request.COOKIES.get(ELDER) == "1"


def page_to_return_to(request: HttpRequest) -> str:
    """Where signing in leads back to: a page that can be opened, not an address to post to."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "/")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    return came_from if is_ours else "/"


def _is_shown(entry: MenuEntry, actor: Actor | None) -> bool:
    return entry.is_public or (actor is not None and entry.is_for(actor))


def _places(actor: Actor | None, request: HttpRequest) -> Iterator[Place]:
    """What stands alone first, then the groups; a group of one is that one."""
    shown = [entry for entry in menu if _is_shown(entry, actor)]
    badges, here = _badges(shown, actor), _nearest(shown, request.path)
    for group in (None, *Group):
        entries = [entry for entry in shown if _group(entry, actor) == group]
        places = [_place(entry, badges.get(entry.slug, 0), here, request.path) for entry in entries]
        if group and len(places) > 1:
            yield _folded(group, places)
        else:
            yield from places


def _group(entry: MenuEntry, actor: Actor | None) -> Group | None:
    """What is open to everybody and not for this actor's own work does not stand in the way."""
    is_own = actor is None or entry.is_for(actor)
    return entry.group if is_own else Group.MORE


def _folded(group: Group, places: Sequence[Place]) -> Place:
    current = "true" if any(one.current for one in places) else ""
    return Place(group, "", current, sum(one.badge for one in places), places)


def _badges(shown: Sequence[MenuEntry], actor: Actor | None) -> dict[str, int]:
    if actor is None:
        return {}
    asked = {entry.slug: entry.waits for entry in shown if entry.waits}
    return dict(zip(asked, waiting(list(asked.values()), actor), strict=True))


def _nearest(shown: Sequence[MenuEntry], path: str) -> str:
    """The place that this page lies below: of several the deepest."""
    above = (_address(entry.url_name) for entry in shown)
    return max((one for one in above if path.startswith(one)), key=len, default="")


def _place(entry: MenuEntry, badge: int, here: str, path: str) -> Place:
    address, current = _address(entry.url_name), ""
    if path == address:
        current = "page"
    elif address == here:
        current = "true"
    return Place(entry.title, address, current, badge)


class Headers:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer["Content-Security-Policy"] = POLICY
        if not request.path.startswith("/static/"):
            answer["Cache-Control"] = "no-store"
        return answer
