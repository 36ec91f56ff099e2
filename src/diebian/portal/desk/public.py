"""The desk's door: the frame `desk.html`, in which officials work all day, and what several
scenes put on one clerk's desk: the queue in front of the window, the card on the reader.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diebian.kernel.registry import Registry
from diebian.security.identity.public import Actor

from .reader import Card, CardMissing, ReaderAway, is_set_up, read_card

__all__ = [
    "Card",
    "CardMissing",
    "Departure",
    "Key",
    "ReaderAway",
    "Strip",
    "StripProvider",
    "departures",
    "is_set_up",
    "person_left",
    "read_card",
    "strip_of",
    "strips",
]


@dataclass(frozen=True)
class Key:
    """A button that posts to `address`; `key` presses it from the keyboard."""

    title: str
    address: str
    key: str
    is_main: bool = False


@dataclass(frozen=True)
class Strip:
    """The queue as whoever sits at a window has it in hand. `place` names the reader there."""

    place: str
    title: str
    says: str
    address: str  # of its own page
    keys: Sequence[Key]


@dataclass(frozen=True)
class StripProvider:
    slug: str
    strip: Callable[[Actor], Strip | None]


@dataclass(frozen=True)
class Departure:
    """What has to be put away when whoever sat at a window is gone: `leave(clerk)`."""

    slug: str
    leave: Callable[[Actor], None]


strips = Registry[StripProvider]("queue at a window")
departures = Registry[Departure]("departure from a window")


def person_left(*, by: Actor) -> None:
    """Call in the transaction in which a clerk is done with somebody: the next one is another."""
    for departure in departures:
        departure.leave(by)


def strip_of(by: Actor) -> Strip | None:
    """The first that has something in hand for this clerk."""
    told = (provider.strip(by) for provider in strips)
    return next((strip for strip in told if strip is not None), None)
