"""The door of mandates: may this one act for that one in this matter, and that it was done."""

from .actions import agree, ask_for, end, give, use
from .heads import headed_by
from .matters import Matter, Shelf, shelves
from .models import Mandate, Tells
from .refusals import NotGiven, Over
from .rows import Scope
from .selectors import (
    Standing,
    once_stood,
    standing,
    standing_in_each,
    standings_in,
    standings_of,
    who_acts,
)

__all__ = [
    "Mandate",
    "Matter",
    "NotGiven",
    "Over",
    "Scope",
    "Shelf",
    "Standing",
    "Tells",
    "agree",
    "ask_for",
    "end",
    "give",
    "headed_by",
    "once_stood",
    "shelves",
    "standing",
    "standing_in_each",
    "standings_in",
    "standings_of",
    "use",
    "who_acts",
]
