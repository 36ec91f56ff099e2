"""Who may do what about corrections. Yes or no, in one sentence each."""

from diebian.base.catalogue.public import ResourceLine
from diebian.base.exchange.public import was_granted
from diebian.security.identity.public import PLATFORM, Actor, Post, subject_of
from diebian.security.tracker.public import readers_of

from .models import Correction

OFFICE = {Post.DATA_MANAGER, Post.DATA_HEAD}
WORKING = {*OFFICE, Post.APPLICANT}  # with data of other departments


def may_open(by: Actor, person_key: str) -> bool:
    """One's own data, or an official's doubt; whose case it is the caller has checked."""
    return by.key == person_key if by.is_person else by.department != ""


def may_doubt(by: Actor, resource: ResourceLine) -> bool:
    """Whose data was read by it; staff and systems of a department that was granted it."""
    if by.is_person:
        return bool(readers_of(subject=subject_of(by.key), resources=[resource.title]))
    return by.department != "" and was_granted(resource=resource.slug, consumer=by.department)


def has_desk(by: Actor) -> bool:
    return by.department != "" and not (OFFICE | {Post.AUTHORITY}).isdisjoint(by.posts)


def may_answer(by: Actor, correction: Correction) -> bool:
    provider = correction.resource.entry.provider.credit_code
    return not OFFICE.isdisjoint(by.posts) and by.department == provider


def may_dispute(by: Actor, correction: Correction) -> bool:
    """Whoever said that it is wrong and their colleagues, or whose data it is."""
    is_own = by.key != "" and by.key in {correction.opened_by, correction.person_key}
    is_colleague = by.department != "" and by.department == correction.asking
    return is_own or (is_colleague and not WORKING.isdisjoint(by.posts))


def is_opener(by: Actor, correction: Correction) -> bool:
    return by.key != "" and by.key == correction.opened_by


def may_carry_out_ruling(by: Actor) -> bool:
    """A dispute's end, in its own transaction."""
    return by == PLATFORM


def may_see(by: Actor, correction: Correction) -> bool:
    is_concerned = may_dispute(by, correction)
    return is_concerned or may_answer(by, correction) or by.holds(Post.AUTHORITY)


def was_told(by: Actor, correction: Correction) -> bool:
    """Of a department that had used the value: it reads that it changed, and no value."""
    told = correction.told.filter(department__credit_code=by.department)
    return not WORKING.isdisjoint(by.posts) and told.exists()


def may_see_users(by: Actor, correction: Correction) -> bool:
    """Which departments used it is told to the person, the provider and the authority."""
    is_own = by.is_person and by.key == correction.person_key
    return is_own or may_answer(by, correction) or by.holds(Post.AUTHORITY)


def may_remind(by: Actor) -> bool:
    return by == PLATFORM
