"""The door of papers: give one, use it again, let it go, show it."""

from .actions import Slot, give, let_go, use_again, use_also
from .inspecting import ACCEPT, MEGABYTES, MOST_BYTES
from .joining import MOST_PAGES, PAGES, joined, pages_in
from .models import Paper
from .refusals import NotAgreed, PaperMissing, PaperRefused, PaperTooLarge
from .selectors import offered
from .sending import files_in
from .serving import answer_with

__all__ = [
    "ACCEPT",
    "MEGABYTES",
    "MOST_BYTES",
    "MOST_PAGES",
    "PAGES",
    "NotAgreed",
    "Paper",
    "PaperMissing",
    "PaperRefused",
    "PaperTooLarge",
    "Slot",
    "answer_with",
    "files_in",
    "give",
    "joined",
    "let_go",
    "offered",
    "pages_in",
    "use_again",
    "use_also",
]
