"""Everything that changes a case. The row is locked, the event written, the trail kept."""

from .applying import (
    answer_questions,
    discard_draft,
    fill_form,
    lapse_drafts,
    open_at_window,
    open_case,
    say_true_will,
    submit_case,
    supply_supplement,
    withdraw,
)
from .fetching import ask_departments
from .overrunning import Overrun
from .rechecking import doubt, recheck
from .reviewing import approve, ask_supplement, look_at, open_for_review, refuse
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
    "lapse_drafts",
    "look_at",
    "open_at_window",
    "open_case",
    "open_for_review",
    "recheck",
    "refuse",
    "say_true_will",
    "submit_case",
    "supply_supplement",
    "verify",
    "withdraw",
]
