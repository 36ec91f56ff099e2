"""Who may stop a clock, move its end, and look at how clocks stand."""

from diebian.scenes.services.models import Case
from diebian.scenes.services.policy import may_review
from diebian.security.identity.public import PLATFORM, Actor, Post


def may_run_procedure(by: Actor, case: Case) -> bool:
    return may_review(by, case)


def may_ask_extension(by: Actor, case: Case) -> bool:
    return may_review(by, case)


def may_decide(by: Actor, case: Case) -> bool:
    """The head of the body: of an extension (行政许可法 第四十二条) and of a suspension."""
    return by.holds(Post.HEAD) and by.department == case.department.credit_code


def may_decide_extension(by: Actor, case: Case) -> bool:
    """Of what is handled jointly the head of the government does (第四十二条第二款)."""
    return by.holds(Post.MAYOR) if case.version.facts.is_joint else may_decide(by, case)


def may_see(by: Actor, case: Case) -> bool:
    sees_all = by.holds(Post.AUTHORITY) or may_decide_extension(by, case)
    return may_review(by, case) or may_decide(by, case) or sees_all


def may_browse(by: Actor) -> bool:
    return by.holds(Post.REVIEWER) or by.holds(Post.HEAD) or by.holds(Post.AUTHORITY)


def sees_all(by: Actor) -> bool:
    """The authority supervises every department."""
    return by.holds(Post.AUTHORITY)


def may_remind(by: Actor) -> bool:
    return by == PLATFORM


def may_derive(by: Actor) -> bool:
    return by == PLATFORM
