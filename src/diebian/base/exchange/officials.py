"""Who asks for a page of sharing; whoever has nothing to do there is refused."""

from django.http import HttpRequest

from diebian.security.identity.public import Actor, Refused, actor_of

from . import policy


def official(request: HttpRequest) -> Actor:
    """Any official: what interfaces there are, and on which terms."""
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    return actor


def official_with_desk(request: HttpRequest) -> Actor:
    """Whoever has work in sharing."""
    actor = actor_of(request)
    if not policy.has_desk(actor):
        raise Refused
    return actor
