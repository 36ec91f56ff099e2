"""Who looks at the engine, and at what of it."""

from diebian.base.process.definitions.policy import may_deploy
from diebian.security.identity.public import Actor, Post


def may_look(by: Actor) -> bool:
    """Versions and all that runs on them."""
    return may_deploy(by)


def may_see_incidents(by: Actor) -> bool:
    return may_deploy(by) or by.holds(Post.DATA_MANAGER)


def sees_all_incidents(by: Actor) -> bool:
    """A data manager sees those of her own department."""
    return may_deploy(by)
