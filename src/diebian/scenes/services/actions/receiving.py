"""Received at a window: who took it in is kept, and what is electronic goes on at once."""

from diebian.base.directory.public import county_of
from diebian.kernel import clock
from diebian.scenes.services.models import Case, Channel
from diebian.scenes.services.receptions.models import Reception
from diebian.scenes.services.refusals import NotCityWide
from diebian.security.identity.public import Actor, Post, department_key, department_name

from .rows import happened


def need_a_window_that_may(case: Case, by: Actor) -> None:
    """Inside a county, its window takes what its own bodies decide; anywhere what is 全市通办.

    What the city's own body decides is taken by every window, too: there is one of it.
    """
    if case.channel != Channel.WINDOW or not by.holds(Post.WINDOW):
        return
    decides_in = county_of(case.department.credit_code)
    if decides_in in {"", county_of(by.department)} or case.version.facts.city_wide:
        return
    raise NotCityWide


def keep_reception(case: Case, by: Actor) -> None:
    """Inside the caller's transaction, as the case is received. What is electronic is with the
    body that decides at the same moment: both sides stand in the event.
    """
    if case.channel != Channel.WINDOW or not by.holds(Post.WINDOW):
        return
    window = department_name(by.department)
    Reception.objects.create(
        case=case,
        department_id=department_key(by),
        county=county_of(by.department),
        clerk=by.key,
        clerk_name=by.name,
        at=clock.now(),
    )
    if by.department != case.department.credit_code:
        says = f"{window}的窗口交出，{case.department.name}当即收到"
        happened(case, "forwarded", by, says)
