"""A window serves whoever sits there; papers are confirmed by whoever decides."""

from diebian.scenes.services.handover.selectors import is_to_be_mailed
from diebian.scenes.services.limits.policy import may_browse, sees_all
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


def may_send(by: Actor, case: Case) -> bool:
    """Whoever wants it by post has written the address, and does not come for it."""
    return serves(by, case) or (may_work(by) and is_to_be_mailed(case))


def may_say_how(by: Actor, case: Case) -> bool:
    return acts_for(by, case) or may_take(by, case)


def may_see_handovers(by: Actor) -> bool:
    """The window hands over; the body that granted it answers for the days."""
    return may_work(by) or may_browse(by)


def sees_all_handovers(by: Actor) -> bool:
    """What is granted in one place is fetched at any window of the city."""
    return may_work(by) or sees_all(by)


def may_have_receipt(by: Actor, case: Case) -> bool:
    return acts_for(by, case) or may_take(by, case)


def may_see_at_window(by: Actor, case: Case) -> bool:
    return may_have_receipt(by, case) or may_send(by, case)


def may_see_sheets(by: Actor) -> bool:
    return by.holds(Post.WINDOW) or by.holds(Post.REVIEWER)


def may_confirm(by: Actor, sheet: PaperSheet) -> bool:
    return by.holds(Post.REVIEWER) and by.department == sheet.department.credit_code


def may_see_sheet(by: Actor, sheet: PaperSheet) -> bool:
    return may_confirm(by, sheet) or (may_work(by) and by.key == sheet.handed_by)
