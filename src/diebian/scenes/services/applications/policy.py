"""Who may apply for a theme, and who sees how it goes."""

from diebian.kernel import clock
from diebian.scenes.services.themes.models import Application
from diebian.security.identity.public import PLATFORM, Actor, Post


def may_begin(by: Actor) -> bool:
    return by.is_person


def may_receive_at_window(by: Actor) -> bool:
    return by.holds(Post.WINDOW)


def is_applicant(by: Actor, of: Application) -> bool:
    return by.is_person and by.key == of.applicant_key


def is_receiving_clerk(by: Actor, of: Application) -> bool:
    """At whose window the person sits, on that day."""
    is_today = of.opened_at.astimezone(clock.CITY_TIME).date() == clock.today()
    return of.is_at_window and by.holds(Post.WINDOW) and by.key == of.opened_by and is_today


def may_fill(by: Actor, of: Application) -> bool:
    """A department sees its own member's case, not the whole."""
    return is_applicant(by, of) or is_receiving_clerk(by, of)


def may_carry(by: Actor) -> bool:
    return by == PLATFORM
