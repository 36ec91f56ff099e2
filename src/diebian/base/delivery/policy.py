"""Who may do what about deliveries. Yes or no, in one sentence each."""

from diebian.base.exchange.public import GrantTerms
from diebian.security.identity.public import PLATFORM, Actor, Kind, Post

RECEIVERS = {Post.DATA_MANAGER, Post.APPLICANT}
DESKS = {*RECEIVERS, Post.DATA_HEAD, Post.AUTHORITY}


def may_browse(by: Actor) -> bool:
    return by.department != "" and not DESKS.isdisjoint(by.posts)


def may_see(by: Actor, terms: GrantTerms) -> bool:
    """Both sides, and the authority."""
    parties = {terms.consumer, terms.provider}
    return may_browse(by) and (by.holds(Post.AUTHORITY) or by.department in parties)


def may_receive(by: Actor, terms: GrantTerms) -> bool:
    """Whoever works with data in the department that was granted it, and its systems."""
    is_own = by.department != "" and by.department == terms.consumer
    return is_own and (by.kind == Kind.SYSTEM or not RECEIVERS.isdisjoint(by.posts))


def may_send(by: Actor, terms: GrantTerms) -> bool:
    return by == PLATFORM or may_receive(by, terms)


def may_register(by: Actor) -> bool:
    return by.department != "" and not RECEIVERS.isdisjoint(by.posts)
