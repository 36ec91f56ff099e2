"""Who may do what about opening. Yes or no, in one sentence each."""

from diebian.security.identity.public import PLATFORM, Actor, Post

OFFICE = {Post.DATA_MANAGER, Post.DATA_HEAD}
DESKS = OFFICE | {Post.AUTHORITY}


def has_desk(by: Actor) -> bool:
    return by.department != "" and not DESKS.isdisjoint(by.posts)


def may_propose(by: Actor, provider: str) -> bool:
    return _is_own(by, provider) and by.holds(Post.DATA_MANAGER)


def may_agree(by: Actor, provider: str) -> bool:
    return _is_own(by, provider) and by.holds(Post.DATA_HEAD)


def may_publish(by: Actor) -> bool:
    return by.holds(Post.AUTHORITY)


def may_withdraw(by: Actor, provider: str) -> bool:
    """Whoever agreed to it, whoever published it, and the platform when a rule forbids it."""
    return by == PLATFORM or may_agree(by, provider) or by.holds(Post.AUTHORITY)


def may_look(by: Actor, provider: str) -> bool:
    """At a proposal and what its check found; the public page is everybody's."""
    return has_desk(by) and (_is_own(by, provider) or by.holds(Post.AUTHORITY))


def may_ask(by: Actor) -> bool:
    return by.is_person


def may_answer(by: Actor, provider: str) -> bool:
    """`provider` is empty where nobody knows yet who has such data: then the authority."""
    is_provider = _is_own(by, provider) and not OFFICE.isdisjoint(by.posts)
    return is_provider or by.holds(Post.AUTHORITY)


def may_assign(by: Actor) -> bool:
    return by.holds(Post.AUTHORITY)


def may_remind(by: Actor) -> bool:
    return by == PLATFORM


def _is_own(by: Actor, provider: str) -> bool:
    return by.department != "" and by.department == provider
