"""Whether somebody has said herself that she wants it (老年人权益保障法 第五十五条)."""

from diebian.kernel import clock
from diebian.security.identity.public import Actor, party
from diebian.standards.identifiers import age_on
from diebian.standards.mandates import OLD_AGE

from . import policy
from .models import Case


def is_missing(case: Case, by: Actor) -> bool:
    """Of an item that asks for it: from whoever is old, and whenever another acts for her."""
    if not case.item.asks_true_will or case.true_will_at is not None:
        return False
    if case.acted_by or policy.acts_for_another(by, case):
        return True
    age = age_on(party(case.applicant_key).id_number, clock.today())
    return age is not None and age >= OLD_AGE
