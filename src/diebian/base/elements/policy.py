"""Who may do what about data elements. Yes or no, in one sentence each."""

from diebian.security.identity.public import PLATFORM, Actor, Post

from .models import Element, State


def may_browse(by: Actor) -> bool:
    """Every official: what a value means is no secret of a department."""
    return by.department != ""


def may_see(by: Actor, element: Element) -> bool:
    """What is not registered yet, or was declined, is between its department and the authority."""
    is_registered = element.state in {State.STANDARD, State.RETIRED}
    is_own = element.proposer is not None and element.proposer.credit_code == by.department
    return may_browse(by) and (is_registered or is_own or by.holds(Post.AUTHORITY))


def may_propose(by: Actor) -> bool:
    return by.department != "" and by.holds(Post.DATA_MANAGER)


def may_decide(by: Actor) -> bool:
    """The data authority is the 注册机构; the city's folder speaks as the platform."""
    return by == PLATFORM or (by.department != "" and by.holds(Post.AUTHORITY))


def may_remind(by: Actor) -> bool:
    return by == PLATFORM
