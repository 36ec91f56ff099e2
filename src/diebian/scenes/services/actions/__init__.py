"""Everything that changes a case. The row is locked, the event written, the trail kept."""

from .applying import (
    answer_questions,
    discard_draft,
    fill_form,
    keep_draft,
    lapse_drafts,
    open_at_window,
    open_case,
    renew_draft,
    say_true_will,
    submit_case,
    supply_supplement,
    withdraw,
)
from .fetching import ask_departments
from .handing import hand_in, hand_in_again, promise, take_out
from .overrunning import Overrun
from .rechecking import doubt, recheck
from .reviewing import (
    approve,
    ask_supplement,
    look_at,
    open_for_review,
    open_licence,
    refuse,
)
from .verifying import verify

__all__ = [
    "Overrun",
    "answer_questions",
    "approve",
    "ask_departments",
    "ask_supplement",
    "discard_draft",
    "doubt",
    "fill_form",
    "hand_in",
    "hand_in_again",
    "keep_draft",
    "lapse_drafts",
    "look_at",
    "open_at_window",
    "open_case",
    "open_for_review",
    "open_licence",
    "promise",
    "recheck",
    "refuse",
    "renew_draft",
    "say_true_will",
    "submit_case",
    "supply_supplement",
    "take_out",
    "verify",
    "withdraw",
]
