from diebian.security.identity.public import PLATFORM, Actor, Post


def may_see(by: Actor) -> bool:
    """Officials: their own department's part, or all of it."""
    return by.department != ""


def sees_all(by: Actor) -> bool:
    return by.holds(Post.AUTHORITY) or by.holds(Post.MAYOR)


def may_keep(by: Actor) -> bool:
    return by == PLATFORM
