"""Who may do what to what an item says."""

from diebian.security.identity.public import PLATFORM, Actor, Post

from .models import ItemVersion, ServiceItem, State


def may_browse(by: Actor) -> bool:
    return by.department != ""


def may_write(by: Actor, item: ServiceItem) -> bool:
    return _is_own(by, item) and by.holds(Post.DATA_MANAGER)


def may_import(by: Actor) -> bool:
    return by.department != "" and by.holds(Post.DATA_MANAGER)


def may_approve(by: Actor, item: ServiceItem) -> bool:
    return _is_own(by, item) and by.holds(Post.DATA_HEAD)


def may_pass(by: Actor) -> bool:
    return by.holds(Post.AUTHORITY)


def may_send_back(by: Actor, version: ItemVersion) -> bool:
    """Whoever has to decide about it now."""
    if version.state == State.OFFICE_REVIEW:
        return may_approve(by, version.item)
    return version.state == State.SUBMITTED and may_pass(by)


def may_see_draft(by: Actor, version: ItemVersion) -> bool:
    """Its department's, until it is handed on."""
    is_handed_on = version.state in {State.SUBMITTED, State.PASSED}
    return _is_own(by, version.item) or (is_handed_on and may_pass(by))


def may_begin(by: Actor) -> bool:
    return by == PLATFORM


def _is_own(by: Actor, item: ServiceItem) -> bool:
    return by.department != "" and by.department == item.department.credit_code
