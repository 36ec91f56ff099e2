from diebian.scenes.halls.places.policy import may_sit
from diebian.security.identity.public import PLATFORM, Actor

from .models import Booking


def may_book(by: Actor) -> bool:
    return by.is_person


def may_book_for(by: Actor, booking: Booking) -> bool:
    """A clerk of the hall, for whoever called."""
    return may_sit(by, booking.slot.hall)


def is_own(by: Actor, booking: Booking) -> bool:
    return by.is_person and by.key == booking.person_key


def may_change(by: Actor, booking: Booking) -> bool:
    return is_own(by, booking) or may_book_for(by, booking)


def may_run(by: Actor) -> bool:
    return by == PLATFORM
