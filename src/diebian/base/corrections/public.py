"""The door of corrections: saying that a value is wrong, and hearing that it was put right."""

from .actions import TO_RECHECK, Finding, confirm, fix, open_correction, open_found, reject
from .refusals import AlreadyOpen, SaysNothing, WrongState
from .selectors import open_subjects

__all__ = [
    "TO_RECHECK",
    "AlreadyOpen",
    "Finding",
    "SaysNothing",
    "WrongState",
    "confirm",
    "fix",
    "open_correction",
    "open_found",
    "open_subjects",
    "reject",
]
