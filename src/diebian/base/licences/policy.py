"""Who may do what about licences. Yes or no, in one sentence each."""

from collections.abc import Collection

from diebian.security.identity.public import Actor, Post

from .acts_models import LicenceAct
from .models import Licence, LicenceTable

OFFICE = {Post.DATA_MANAGER, Post.DATA_HEAD, Post.AUTHORITY}


def may_browse_tables(by: Actor) -> bool:
    return by.department != "" and not OFFICE.isdisjoint(by.posts)


def may_declare(by: Actor, table_of: str, issuers: Collection[str]) -> bool:
    """Over the own table: the data manager for the own department's types, the data authority for
    all that departments gave into a table of the city (国务院令第716号 第十条). Credit codes.
    """
    if by.department != table_of or by.department == "":
        return False
    is_own = set(issuers) == {by.department}
    return by.holds(Post.AUTHORITY) or (is_own and by.holds(Post.DATA_MANAGER))


def may_open_declaring(by: Actor) -> bool:
    return by.department != "" and (by.holds(Post.DATA_MANAGER) or by.holds(Post.AUTHORITY))


def may_see_table(by: Actor, table: LicenceTable) -> bool:
    is_own = by.department == table.department.credit_code
    return may_browse_tables(by) and (is_own or by.holds(Post.AUTHORITY))


def may_desk(by: Actor) -> bool:
    return by.department != "" and (by.holds(Post.REVIEWER) or by.holds(Post.HEAD))


def may_propose(by: Actor, licence: Licence) -> bool:
    return by.holds(Post.REVIEWER) and by.department == licence.issuer.credit_code != ""


def may_agree(by: Actor, act: LicenceAct) -> bool:
    """The head of the body, and never whoever proposed it."""
    is_own = by.department == act.licence.issuer.credit_code != ""
    return by.holds(Post.HEAD) and is_own and by.key != act.proposed_by
