"""Who may do what."""

from diebian.security.identity.public import PLATFORM, Actor, Post

from .models import Notice


def may_notify(by: Actor) -> bool:
    """Government tells a person something; a person does not write to others here."""
    return not by.is_person


def may_read(by: Actor, notice: Notice) -> bool:
    return by.key != "" and by.key == notice.key


def may_retry(by: Actor) -> bool:
    return by == PLATFORM or by.holds(Post.OPERATOR)
