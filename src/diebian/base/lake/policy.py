"""Who may do what about collecting. Yes or no, in one sentence each."""

from diebian.security.identity.public import PLATFORM, Actor, Post

DESKS = {Post.DATA_MANAGER, Post.DATA_HEAD, Post.AUTHORITY}


def may_browse(by: Actor) -> bool:
    return by.department != "" and not DESKS.isdisjoint(by.posts)


def may_see(by: Actor, department: str) -> bool:
    """A department its own, the authority all of them."""
    return may_browse(by) and (by.department == department or by.holds(Post.AUTHORITY))


def may_manage(by: Actor, department: str) -> bool:
    """The data manager of the department whose data it is."""
    is_own = by.department != "" and by.department == department
    return by == PLATFORM or (is_own and by.holds(Post.DATA_MANAGER))


def may_keep_secrets(by: Actor) -> bool:
    """The operators, at the machine itself."""
    return by == PLATFORM


def may_tidy(by: Actor) -> bool:
    return by == PLATFORM
