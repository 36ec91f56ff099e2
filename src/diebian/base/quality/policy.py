"""Who may do what about quality. Yes or no, in one sentence each."""

from diebian.base.lake.public import LakeTable
from diebian.security.identity.public import PLATFORM, Actor, Post

OFFICE = {Post.DATA_MANAGER, Post.DATA_HEAD}


def may_browse(by: Actor) -> bool:
    return by.department != "" and not (OFFICE | {Post.AUTHORITY}).isdisjoint(by.posts)


def may_see(by: Actor, department: str) -> bool:
    """A department its own, the authority all of them."""
    return may_browse(by) and (_is_office(by, department) or by.holds(Post.AUTHORITY))


def may_declare(by: Actor, department: str) -> bool:
    """The data manager whose table it is, the authority for any, the city's folder."""
    is_own = _is_office(by, department) and by.holds(Post.DATA_MANAGER)
    return by == PLATFORM or is_own or (by.department != "" and by.holds(Post.AUTHORITY))


def may_look_into(by: Actor, own: str, other: LakeTable) -> bool:
    """A rule answers which values another table has: of another department only by the authority's
    word, else it would be a way to ask about anybody without a grant.
    """
    return by == PLATFORM or other.department == own or may_rule(by)


def may_check(by: Actor, department: str) -> bool:
    return may_declare(by, department)


def may_answer(by: Actor, department: str) -> bool:
    """The office whose table it is, at whose source it has to be mended."""
    return _is_office(by, department)


def may_see_keys(by: Actor, department: str) -> bool:
    """Unmasked only for those who have to find the rows: not even for the authority."""
    return _is_office(by, department)


def may_rule(by: Actor) -> bool:
    return by.department != "" and by.holds(Post.AUTHORITY)


def may_settle(by: Actor) -> bool:
    """Results, rechecks and reminders are the platform's own work."""
    return by == PLATFORM


def _is_office(by: Actor, department: str) -> bool:
    is_own = by.department != "" and by.department == department
    return is_own and not OFFICE.isdisjoint(by.posts)
