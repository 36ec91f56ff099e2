"""Who may follow and pass on what was received in one place for another."""

from diebian.scenes.services.models import Case
from diebian.scenes.services.policy import may_review
from diebian.security.identity.public import Actor, Post


def is_receiving_window(by: Actor, case: Case) -> bool:
    """The window's whole staff: who comes back asks whoever sits there."""
    reception = getattr(case, "reception", None)
    if reception is None:
        return False
    return by.holds(Post.WINDOW) and by.department == reception.department.credit_code


def may_pass_on(by: Actor, case: Case) -> bool:
    return may_review(by, case)
