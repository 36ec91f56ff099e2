"""Who may do what about corrections. Yes or no, in one sentence each."""

from diebian.security.identity.public import PLATFORM, Actor, Post

from .models import Correction

OFFICE = {Post.DATA_MANAGER, Post.DATA_HEAD}


def may_open(by: Actor, person_key: str) -> bool:
    """One's own data, or an official's doubt; whose case it is the caller has checked."""
    return by.key == person_key if by.is_person else by.department != ""


def has_desk(by: Actor) -> bool:
    return by.department != "" and not (OFFICE | {Post.AUTHORITY}).isdisjoint(by.posts)


def may_answer(by: Actor, correction: Correction) -> bool:
    provider = correction.resource.entry.provider.credit_code
    return not OFFICE.isdisjoint(by.posts) and by.department == provider


def may_dispute(by: Actor, correction: Correction) -> bool:
    """Whoever said that it is wrong, or whose data it is."""
    return by.key != "" and by.key in {correction.opened_by, correction.person_key}


def may_carry_out_ruling(by: Actor) -> bool:
    """A dispute's end, in its own transaction."""
    return by == PLATFORM


def may_see(by: Actor, correction: Correction) -> bool:
    is_concerned = may_dispute(by, correction)
    return is_concerned or may_answer(by, correction) or by.holds(Post.AUTHORITY)
