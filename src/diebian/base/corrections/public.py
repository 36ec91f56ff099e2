"""The door of corrections: saying that a value is wrong, and hearing that it was put right."""

from .actions import TO_RECHECK, Finding, confirm, fix, open_correction, open_found, reject
from .doubting import Doubt, raise_doubt
from .refusals import AlreadyOpen, SaysNothing, WrongState
from .selectors import doubtable, open_subjects

__all__ = [
    "TO_RECHECK",
    "AlreadyOpen",
    "Doubt",
    "Finding",
    "SaysNothing",
    "WrongState",
    "confirm",
    "doubtable",
    "fix",
    "open_correction",
    "open_found",
    "open_subjects",
    "raise_doubt",
    "reject",
]
