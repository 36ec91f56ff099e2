"""Who rates, who deals with a bad rating, who supervises. Yes or no, in one sentence each."""

from diebian.scenes.services.models import Case
from diebian.scenes.services.policy import acts_for
from diebian.scenes.services.rating_models import RatingOrder
from diebian.security.identity.public import PLATFORM, Actor, Post

DESK = (Post.REVIEWER, Post.WINDOW, Post.HEAD)  # those of a department whom it may be given to


def may_rate(by: Actor, case: Case) -> bool:
    """The applicant, or whoever acts for her or for the company."""
    return acts_for(by, case)


def may_invite(by: Actor) -> bool:
    return by == PLATFORM


def is_rated(by: Actor, order: RatingOrder) -> bool:
    """By name: a namesake is kept away as well, the head names another."""
    return by.name == order.rating.invitation.served_by


def is_of_department(by: Actor, order: RatingOrder) -> bool:
    return by.department == order.rating.invitation.department.credit_code


def leads(by: Actor, order: RatingOrder) -> bool:
    """The head of the department; who is rated leads nothing of it."""
    return by.holds(Post.HEAD) and is_of_department(by, order) and not is_rated(by, order)


def may_handle(by: Actor, order: RatingOrder) -> bool:
    is_handler = by.key == order.handler and is_of_department(by, order)
    return leads(by, order) or (is_handler and not is_rated(by, order))


def supervises(by: Actor) -> bool:
    """The authority, for every department: contested ones, words to be shown, second bad ones."""
    return by.holds(Post.AUTHORITY)


def may_assign(by: Actor, order: RatingOrder) -> bool:
    """The authority too: a department may have no head of its own here, or only the rated one."""
    return leads(by, order) or supervises(by)


def may_see(by: Actor, order: RatingOrder) -> bool:
    return may_handle(by, order) or supervises(by)


def has_desk(by: Actor) -> bool:
    return supervises(by) or any(by.holds(post) for post in DESK)


def may_remind(by: Actor) -> bool:
    return by == PLATFORM
