from diebian.scenes.halls.places.policy import may_sit
from diebian.security.identity.public import PLATFORM, Actor, Kind

from .models import Ticket


def may_take_online(by: Actor) -> bool:
    return by.is_person


def is_machine(by: Actor) -> bool:
    """The number machine that stands in a hall: who it is follows from the key in its address."""
    return by.kind == Kind.SYSTEM


def is_own(by: Actor, ticket: Ticket) -> bool:
    return by.is_person and by.key == ticket.person_key


def may_call(by: Actor, ticket: Ticket) -> bool:
    return may_sit(by, ticket.hall)


def may_run(by: Actor) -> bool:
    return by == PLATFORM
