"""Who may do what to a case. Yes or no, in one sentence each."""

from diebian.security.identity.public import PLATFORM, Actor, Kind, Post

from .state import CaseRow, Tok


def may_start(by: Actor, department: str, person: str) -> bool:
    """A person for herself; an official of the department that answers, or a window in a name."""
    if by.is_person:
        return by.key == person
    return by == PLATFORM or by.department == department or by.holds(Post.WINDOW)


def may_work_on(by: Actor, token: Tok) -> bool:
    """Who holds it; where nobody does, whoever holds the post in the department."""
    if token.holder:
        return by.key == token.holder
    return may_claim(by, token)


def may_decide(by: Actor, token: Tok, *, is_allowed: bool) -> bool:
    """`is_allowed`: the owner of the matter has asked a policy of its own, which knows more: who
    acts for a person, who heads a department. What somebody else holds stays with them."""
    return may_work_on(by, token) or is_allowed


def may_arrange(by: Actor, token: Tok) -> bool:
    """Hand it on, ask others, send it back: an official's. A person does her own task, or not."""
    return not by.is_person and may_work_on(by, token)


def may_claim(by: Actor, token: Tok) -> bool:
    return token.post in by.posts and by.department != "" and by.department == token.department


def may_send(by: Actor) -> bool:
    """Systems and the platform tell facts; a person acts at a task."""
    return by == PLATFORM or by.kind == Kind.SYSTEM


def may_withdraw(by: Actor, case: CaseRow) -> bool:
    if by.is_person:
        return by.key != "" and by.key == case.person
    return by == PLATFORM or (by.department == case.department and by.holds(Post.WINDOW))


def may_settle(by: Actor, case: CaseRow) -> bool:
    is_own = by.department == case.department and by.holds(Post.DATA_MANAGER)
    return is_own or by.holds(Post.OPERATOR) or by == PLATFORM


def may_urge(by: Actor, case: CaseRow) -> bool:
    """Whoever waits for it, and whoever answers for it or oversees it."""
    if by.is_person:
        return by.key != "" and by.key == case.person
    return by.department == case.department or by.holds(Post.AUTHORITY)
