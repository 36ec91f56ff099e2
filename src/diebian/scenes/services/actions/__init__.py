"""Everything that changes a case. The row is locked, the event written, the trail kept."""

from .applying import (
    discard_draft,
    fill_form,
    lapse_drafts,
    open_at_window,
    open_case,
    rate,
    submit_case,
    supply_supplement,
    withdraw,
)
from .fetching import ask_departments
from .reviewing import approve, ask_supplement, open_for_review, refuse

__all__ = [
    "approve",
    "ask_departments",
    "ask_supplement",
    "discard_draft",
    "fill_form",
    "lapse_drafts",
    "open_at_window",
    "open_case",
    "open_for_review",
    "rate",
    "refuse",
    "submit_case",
    "supply_supplement",
    "withdraw",
]
