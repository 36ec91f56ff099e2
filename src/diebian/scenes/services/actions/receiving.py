"""Received at a window: who took it in is kept, and what is electronic goes on at once."""

from dataclasses import dataclass
from datetime import datetime

from diebian.base.directory.public import county_of
from diebian.kernel import clock
from diebian.scenes.services.models import Case, Channel
from diebian.scenes.services.receptions.models import Reception
from diebian.scenes.services.refusals import NotCityWide
from diebian.security.identity.public import Actor, Post, department_keys, department_name

from .rows import happened


@dataclass(frozen=True)
class Window:
    """Who took it in: the window's body, the clerk's username and name, the moment."""

    credit_code: str
    clerk: str
    clerk_name: str
    at: datetime


def need_a_window_that_may(case: Case, by: Actor) -> None:
    """Inside a county, its window takes what its own bodies decide; anywhere what is 全市通办.

    What the city's own body decides is taken by every window, too: there is one of it.
    """
    if case.channel != Channel.WINDOW or not by.holds(Post.WINDOW):
        return
    decides, is_city_wide = case.department.credit_code, case.version.facts.city_wide
    if not may_take_in(decides, is_city_wide=is_city_wide, window=by.department):
        raise NotCityWide


def may_take_in(decides: str, *, is_city_wide: bool, window: str) -> bool:
    """`decides`, `window`: credit codes of bodies."""
    return is_city_wide or county_of(decides) in {"", county_of(window)}


def keep_reception(case: Case, by: Actor) -> None:
    """Inside the caller's transaction, as the case is received. What is electronic is with the
    body that decides at the same moment: both sides stand in the event.
    """
    if case.channel != Channel.WINDOW or not by.holds(Post.WINDOW):
        return
    took_in(case, Window(by.department, by.key, by.name, clock.now()), by)


def took_in(case: Case, window: Window, by: Actor) -> None:
    """`by`: who makes the case, for one of a theme the platform."""
    Reception.objects.create(
        case=case,
        department_id=department_keys()[window.credit_code],
        county=county_of(window.credit_code),
        clerk=window.clerk,
        clerk_name=window.clerk_name,
        at=window.at,
    )
    if window.credit_code != case.department.credit_code:
        name = department_name(window.credit_code)
        happened(case, "forwarded", by, f"{name}的窗口交出，{case.department.name}当即收到")
