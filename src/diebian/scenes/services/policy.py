from typing import Protocol

from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Actor, Kind, Post

from .behalf import standing_in
from .items.facts import ORGANISATIONS, PERSONS, ItemFacts
from .models import Case


class HasApplicant(Protocol):
    """A case, or what several are applied for with."""

    @property
    def applicant_key(self) -> str: ...


def may_apply(by: Actor) -> bool:
    return by.is_person


def is_for_persons(facts: ItemFacts) -> bool:
    """What does not say for whom it is, is for everybody."""
    return not facts.objects or PERSONS in facts.objects


def is_for_companies(facts: ItemFacts) -> bool:
    return not facts.objects or ORGANISATIONS in facts.objects


def may_receive_at_window(by: Actor) -> bool:
    return by.holds(Post.WINDOW)


def is_applicant(by: Actor, of: HasApplicant) -> bool:
    return by.is_person and by.key == of.applicant_key


def acts_for(by: Actor, case: Case) -> bool:
    """The applicant, or whoever holds a mandate for this matter today."""
    return is_applicant(by, case) or standing_in(by, case) is not None


def acts_for_another(by: Actor, of: HasApplicant) -> bool:
    return by.is_person and not is_applicant(by, of)


def may_say_true_will(by: Actor, case: Case) -> bool:
    """Never whoever acts for her: herself, or to the clerk's face."""
    return is_applicant(by, case) or is_receiving_clerk(by, case)


def is_receiving_clerk(by: Actor, case: Case) -> bool:
    """The clerk at whose window the person sits, for the cases opened there, on that day."""
    is_today = case.opened_at.astimezone(clock.CITY_TIME).date() == clock.today()
    return by.holds(Post.WINDOW) and by.key == case.opened_by and is_today


def may_fill(by: Actor, case: Case) -> bool:
    return acts_for(by, case) or is_receiving_clerk(by, case)


def may_review(by: Actor, case: Case) -> bool:
    is_reviewer = by.holds(Post.REVIEWER) and by.department == case.department.credit_code
    return is_reviewer or is_its_system(by, case)


def is_its_system(by: Actor, case: Case) -> bool:
    """自建系统: of an item that is handled there, in the name of the body that decides the case."""
    is_own = by.kind == Kind.SYSTEM and by.department == case.department.credit_code
    return is_own and bool(case.version.document.get("system"))


def may_see(by: Actor, case: Case) -> bool:
    """What is still being filled is nobody's business but theirs who fill it."""
    return may_fill(by, case) or (may_review(by, case) and case.received_at is not None)


def may_fetch(by: Actor, case: Case) -> bool:
    return by == PLATFORM or may_fill(by, case)
