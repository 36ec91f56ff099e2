"""Who pays for a case, who sees how its fee stands."""

from diebian.scenes.services.models import Case
from diebian.scenes.services.policy import acts_for, may_see
from diebian.scenes.services.window.policy import may_take
from diebian.security.identity.public import Actor


def may_pay(by: Actor, case: Case) -> bool:
    """The applicant, or whoever acts for her: anybody's money counts, the receipt is hers."""
    return acts_for(by, case)


def may_see_fee(by: Actor, case: Case) -> bool:
    """The reviewer too, and the clerk before whom the person sits."""
    return may_see(by, case) or may_take(by, case)
