"""Who may do what between the platform and a department's own system."""

from diebian.scenes.services.system_models import CaseSystem
from diebian.security.identity.public import PLATFORM, Actor, Kind, Post


def may_browse(by: Actor) -> bool:
    return by.department != "" and (by.holds(Post.DATA_MANAGER) or by.holds(Post.AUTHORITY))


def may_see(by: Actor, system: CaseSystem) -> bool:
    is_own = by.department == system.department.credit_code and by.holds(Post.DATA_MANAGER)
    return is_own or by.holds(Post.AUTHORITY)


def may_tend(by: Actor, system: CaseSystem) -> bool:
    """Push again, compare now: the department's own manager."""
    return by.department == system.department.credit_code and by.holds(Post.DATA_MANAGER)


def may_tell(by: Actor, system: CaseSystem) -> bool:
    """The system itself says what became of its cases, by its token."""
    return by.kind == Kind.SYSTEM and by.department == system.department.credit_code


def may_run(by: Actor) -> bool:
    return by == PLATFORM
