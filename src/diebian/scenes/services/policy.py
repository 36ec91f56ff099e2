from diebian.security.identity.public import PLATFORM, Actor, Post

from .models import Case


def may_apply(by: Actor) -> bool:
    return by.is_person


def is_applicant(by: Actor, case: Case) -> bool:
    return by.is_person and by.key == case.applicant_key


def may_review(by: Actor, case: Case) -> bool:
    return by.holds(Post.REVIEWER) and by.department == case.item.department.credit_code


def may_see(by: Actor, case: Case) -> bool:
    return is_applicant(by, case) or may_review(by, case)


def may_fetch(by: Actor) -> bool:
    return by == PLATFORM
