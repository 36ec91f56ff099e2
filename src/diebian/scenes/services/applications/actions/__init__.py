"""Everything that changes an application. The row is locked, the trail kept."""

from .answering import rate_all, supply_supplements
from .beginning import begin, begin_at_window
from .drafting import choose, discard, fill, lapse_drafts, say_true_will
from .handing import hand_in, hand_in_again, promise, take_out
from .submitting import submit
from .withdrawing import withdraw_all, withdraw_member

__all__ = [
    "begin",
    "begin_at_window",
    "choose",
    "discard",
    "fill",
    "hand_in",
    "hand_in_again",
    "lapse_drafts",
    "promise",
    "rate_all",
    "say_true_will",
    "submit",
    "supply_supplements",
    "take_out",
    "withdraw_all",
    "withdraw_member",
]
