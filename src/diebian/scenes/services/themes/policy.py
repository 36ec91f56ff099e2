"""Who may do what with a theme."""

from diebian.security.identity.public import PLATFORM, Actor, Post

from .models import Theme


def may_compile(by: Actor) -> bool:
    return by == PLATFORM


def may_browse(by: Actor) -> bool:
    return by.department != ""


def may_oversee(by: Actor) -> bool:
    return by.holds(Post.AUTHORITY)


def may_see_report(by: Actor, theme: Theme) -> bool:
    """Whoever leads it, and whoever oversees all."""
    is_leading = by.department != "" and by.department == theme.department.credit_code
    return is_leading or may_oversee(by)


def may_write(by: Actor, theme: Theme) -> bool:
    """Whoever manages the matters of the department that leads it."""
    is_leading = by.department != "" and by.department == theme.department.credit_code
    return is_leading and by.holds(Post.DATA_MANAGER)


def may_review(by: Actor) -> bool:
    return by.holds(Post.AUTHORITY)
