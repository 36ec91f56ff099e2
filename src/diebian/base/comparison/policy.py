"""Who may do what about comparing. Yes or no, in one sentence each."""

from diebian.security.identity.public import Actor, Post

from .models import Comparison

DESKS = {Post.DATA_MANAGER, Post.DATA_HEAD, Post.APPLICANT, Post.AUTHORITY}
SEERS = (Post.DATA_MANAGER, Post.DATA_HEAD, Post.APPLICANT)  # of whom a task names some


def may_browse(by: Actor) -> bool:
    return by.department != "" and not DESKS.isdisjoint(by.posts)


def may_declare(by: Actor) -> bool:
    """Whoever may ask for other departments' data."""
    return by.department != "" and by.holds(Post.APPLICANT)


def may_see(by: Actor, one: Comparison) -> bool:
    """That it is done, by what leave, and how many: all whose data it is, and the authority."""
    return may_browse(by) and (by.holds(Post.AUTHORITY) or by.department in parties(one))


def may_run(by: Actor, one: Comparison) -> bool:
    is_own = by.department == one.consumer.credit_code
    return is_own and not {Post.APPLICANT, Post.DATA_MANAGER}.isdisjoint(by.posts)


def may_see_persons(by: Actor, one: Comparison) -> bool:
    """Who they are: only the posts that the task names, of the department that asked."""
    is_own = by.department == one.consumer.credit_code
    return is_own and not set(one.seen_by).isdisjoint(by.posts)


def parties(one: Comparison) -> set[str]:
    sides = (one.left, one.right)
    return {one.consumer.credit_code, *(side.source.department.credit_code for side in sides)}
