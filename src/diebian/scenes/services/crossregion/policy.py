"""Who takes in for another city, and who follows it."""

from diebian.scenes.services.carried_models import Carried
from diebian.security.identity.public import Actor, Post


def may_take_in(by: Actor) -> bool:
    return by.holds(Post.WINDOW)


def may_follow(by: Actor, of: Carried) -> bool:
    """The window's whole staff: who comes back asks whoever sits there."""
    return may_take_in(by) and by.department == of.department.credit_code
