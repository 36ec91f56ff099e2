"""Whether somebody has said herself that she wants it (老年人权益保障法 第五十五条)."""

from datetime import datetime
from typing import Protocol

from diebian.kernel import clock
from diebian.security.identity.public import Actor, company, party
from diebian.standards.identifiers import age_on
from diebian.standards.mandates import OLD_AGE

from . import policy
from .models import Case


class Stated(Protocol):
    """A case, or what several are applied for with."""

    @property
    def applicant_key(self) -> str: ...
    @property
    def acted_by(self) -> str: ...
    @property
    def true_will_at(self) -> datetime | None: ...


def is_missing(case: Case, by: Actor) -> bool:
    return case.item.asks_true_will and is_unsaid(case, by)


def is_unsaid(of: Stated, by: Actor) -> bool:
    """Of what asks for it: from whoever is old, and whenever another acts for her. A company has
    no will of its own age.
    """
    if of.true_will_at is not None or company(of.applicant_key) is not None:
        return False
    if of.acted_by or policy.acts_for_another(by, of):
        return True
    age = age_on(party(of.applicant_key).id_number, clock.today())
    return age is not None and age >= OLD_AGE
