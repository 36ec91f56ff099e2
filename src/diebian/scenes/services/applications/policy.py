"""Who may apply for a theme, and who sees how it goes."""

from diebian.kernel import clock
from diebian.scenes.services.policy import is_applicant
from diebian.scenes.services.themes.models import Application
from diebian.security.identity.public import PLATFORM, Actor, Post

from .behalf import standing_in

__all__ = ["is_applicant"]  # as of a single case


def may_begin(by: Actor) -> bool:
    return by.is_person


def may_receive_at_window(by: Actor) -> bool:
    return by.holds(Post.WINDOW)


def acts_for(by: Actor, of: Application) -> bool:
    """The applicant, or whoever holds mandates for all of its members today."""
    return is_applicant(by, of) or standing_in(by, of) is not None


def may_say_true_will(by: Actor, of: Application) -> bool:
    """Never whoever acts for her: herself, or to the clerk's face."""
    return is_applicant(by, of) or is_receiving_clerk(by, of)


def is_receiving_clerk(by: Actor, of: Application) -> bool:
    """At whose window the person sits, on that day."""
    is_today = of.opened_at.astimezone(clock.CITY_TIME).date() == clock.today()
    return of.is_at_window and by.holds(Post.WINDOW) and by.key == of.opened_by and is_today


def may_fill(by: Actor, of: Application) -> bool:
    """A department sees its own member's case, not the whole."""
    return acts_for(by, of) or is_receiving_clerk(by, of)


def may_carry(by: Actor) -> bool:
    return by == PLATFORM
