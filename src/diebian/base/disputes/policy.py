"""Who may do what about disputes. Yes or no, in one sentence each."""

from diebian.base.directory.public import county_of
from diebian.security.identity.public import PLATFORM, Actor, Post

from .levels import CITY
from .models import Dispute, Outcome

OFFICE = {Post.DATA_MANAGER, Post.DATA_HEAD}
ASKERS = {Post.APPLICANT, *OFFICE}


def has_desk(by: Actor) -> bool:
    return by.department != "" and not (ASKERS | {Post.AUTHORITY}).isdisjoint(by.posts)


def is_asker(by: Actor, dispute: Dispute) -> bool:
    """Whoever opened it, or a colleague of the department that asked."""
    code = dispute.asking.credit_code if dispute.asking else None
    is_colleague = code == by.department and not ASKERS.isdisjoint(by.posts)
    return (by.key != "" and by.key == dispute.opened_by) or is_colleague


def is_provider(by: Actor, dispute: Dispute) -> bool:
    return by.department == dispute.provider.credit_code and not OFFICE.isdisjoint(by.posts)


def may_see(by: Actor, dispute: Dispute) -> bool:
    return is_asker(by, dispute) or is_provider(by, dispute) or oversees(by, dispute)


def oversees(by: Actor, dispute: Dispute) -> bool:
    """The city's authority all of them, a county's those that are for the county to settle."""
    return by.holds(Post.AUTHORITY) and county_of(by.department) in {CITY, dispute.bench}


def sits(by: Actor, dispute: Dispute) -> bool:
    """The authority of the area in which both sides are."""
    return by.holds(Post.AUTHORITY) and county_of(by.department) == dispute.bench


def may_speak(by: Actor, dispute: Dispute) -> bool:
    return may_see(by, dispute)


def may_give_way(by: Actor, dispute: Dispute) -> bool:
    """The head of the provider, who gave or answers for the first answer."""
    return is_provider(by, dispute) and by.holds(Post.DATA_HEAD)


def may_accept(by: Actor, dispute: Dispute) -> bool:
    """The side that the opinion goes against."""
    is_changed = dispute.opinion == Outcome.OVERTURNED
    return may_give_way(by, dispute) if is_changed else is_asker(by, dispute)


def may_object(by: Actor, dispute: Dispute) -> bool:
    return is_asker(by, dispute) or may_give_way(by, dispute)


def may_coordinate(by: Actor, dispute: Dispute) -> bool:
    """The data authority, unless its own department is a party."""
    return sits(by, dispute) and by.department not in parties(dispute)


def may_record(by: Actor, dispute: Dispute) -> bool:
    """The authority's post writes down what the government decided; it decides nothing by that."""
    return sits(by, dispute)


def may_settle(by: Actor) -> bool:
    return by == PLATFORM


def parties(dispute: Dispute) -> set[str]:
    asking = {dispute.asking.credit_code} if dispute.asking else set()
    return {dispute.provider.credit_code, *asking}
