"""Who may say how cases go."""

from diebian.security.identity.public import PLATFORM, Actor, Post


def may_deploy(by: Actor) -> bool:
    return by == PLATFORM or by.holds(Post.OPERATOR)
