"""Who may do what with money. Yes or no, in one sentence each."""

from diebian.security.identity.public import PLATFORM, Actor, Post

from .models import Order


def may_run(by: Actor) -> bool:
    return by == PLATFORM


def keeps_accounts(by: Actor) -> bool:
    """财务: of some department."""
    return by.department != "" and by.holds(Post.FINANCE)


def keeps_account_of(by: Actor, order: Order) -> bool:
    return keeps_accounts(by) and by.department == order.department.credit_code
