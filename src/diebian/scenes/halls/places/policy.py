"""Who sits at which hall's windows. Halls, queues and times are public; persons in them are not."""

from diebian.security.identity.public import Actor, Post

from .models import Hall


def may_work(by: Actor) -> bool:
    return by.holds(Post.WINDOW)


def may_sit(by: Actor, hall: Hall) -> bool:
    """A clerk for one place works in its halls; one for the whole city in any."""
    return may_work(by) and hall.county.startswith(by.region)


def may_watch(by: Actor) -> bool:
    """Figures of the halls: those who work there, and the authority."""
    return by.holds(Post.WINDOW) or by.holds(Post.AUTHORITY)
