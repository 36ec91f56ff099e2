"""The door of papers: give one, use it again, let it go, show it."""

from .actions import Slot, give, let_go, use_again, use_also
from .inspecting import ACCEPT, MEGABYTES, MOST_BYTES
from .models import Paper
from .refusals import NotAgreed, PaperMissing, PaperRefused, PaperTooLarge
from .selectors import offered
from .serving import answer_with

__all__ = [
    "ACCEPT",
    "MEGABYTES",
    "MOST_BYTES",
    "NotAgreed",
    "Paper",
    "PaperMissing",
    "PaperRefused",
    "PaperTooLarge",
    "Slot",
    "answer_with",
    "give",
    "let_go",
    "offered",
    "use_again",
    "use_also",
]
