"""A window serves whoever sits there; papers are confirmed by whoever decides."""

from diebian.scenes.services.models import Case, PaperSheet
from diebian.scenes.services.policy import acts_for, is_receiving_clerk, may_receive_at_window
from diebian.security.identity.public import Actor, Post

from .guests import guest_of


def may_work(by: Actor) -> bool:
    return may_receive_at_window(by)


def serves(by: Actor, case: Case) -> bool:
    """The applicant sits at this clerk's window now."""
    guest = guest_of(by) if may_work(by) else None
    return guest is not None and guest.person_key == case.applicant_key


def may_take(by: Actor, case: Case) -> bool:
    """Papers: also by the clerk who received the case today, when the person has just left."""
    return serves(by, case) or is_receiving_clerk(by, case)


def may_have_receipt(by: Actor, case: Case) -> bool:
    return acts_for(by, case) or may_take(by, case)


def may_see_sheets(by: Actor) -> bool:
    return by.holds(Post.WINDOW) or by.holds(Post.REVIEWER)


def may_confirm(by: Actor, sheet: PaperSheet) -> bool:
    return by.holds(Post.REVIEWER) and by.department == sheet.department.credit_code


def may_see_sheet(by: Actor, sheet: PaperSheet) -> bool:
    return may_confirm(by, sheet) or (may_work(by) and by.key == sheet.handed_by)
