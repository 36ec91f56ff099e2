"""Who may do what about bases. Yes or no, in one sentence each."""

from collections.abc import Iterable

from diebian.security.identity.public import PLATFORM, Actor, Post

from .models import Base

OFFICE = {Post.DATA_MANAGER, Post.DATA_HEAD}


def may_browse(by: Actor) -> bool:
    return by.department != "" and not (OFFICE | {Post.AUTHORITY}).isdisjoint(by.posts)


def may_open_declaring(by: Actor) -> bool:
    return by.department != "" and (by.holds(Post.DATA_MANAGER) or by.holds(Post.AUTHORITY))


def may_declare(by: Actor, departments: Iterable[str]) -> bool:
    """Over own tables the own data manager; over other departments' the authority, by its duty,
    and each of them then gives leave for its own, or does not.
    """
    if by.department == "":
        return False
    is_own = set(departments) == {by.department}
    return by.holds(Post.AUTHORITY) or (is_own and by.holds(Post.DATA_MANAGER))


def may_see(by: Actor, base: Base, providers: Iterable[str]) -> bool:
    """What is declared and how many: who keeps it, whose tables feed it, and the authority."""
    is_party = by.department in {base.owner.credit_code, *providers}
    return may_browse(by) and (is_party or by.holds(Post.AUTHORITY))


def may_build(by: Actor, base: Base) -> bool:
    return by == PLATFORM or is_keeper(by, base)


def may_forget(by: Actor) -> bool:
    """By timetable, as the declaration says; nobody by hand."""
    return by == PLATFORM


def may_ask_leave(by: Actor, base: Base) -> bool:
    """Whoever may ask for other departments' data, of the department that keeps the base."""
    return by.holds(Post.APPLICANT) and by.department == base.owner.credit_code != ""


def may_offer(by: Actor, base: Base) -> bool:
    """Mounts it behind an entry of the own department; the catalogue asks again."""
    return by.holds(Post.DATA_MANAGER) and by.department == base.owner.credit_code != ""


def may_see_records(by: Actor, base: Base, seen_by: Iterable[str]) -> bool:
    """Persons: only the posts that the declaration names, of the department that keeps it."""
    return by.department == base.owner.credit_code and not set(seen_by).isdisjoint(by.posts)


def is_keeper(by: Actor, base: Base) -> bool:
    is_own = by.department != "" and by.department == base.owner.credit_code
    return is_own and (by.holds(Post.DATA_MANAGER) or by.holds(Post.AUTHORITY))


def may_decide(by: Actor, base: Base, seen_by: Iterable[str]) -> bool:
    """Whoever keeps the base and may see the persons."""
    return is_keeper(by, base) and may_see_records(by, base, seen_by)
