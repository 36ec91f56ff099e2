"""The door of corrections: saying that a value is wrong, and hearing that it was put right."""

from .actions import TO_RECHECK, Finding, confirm, fix, open_correction, open_found, reject
from .doubting import Doubt, raise_doubt
from .receivers import Corrected, Had, Receivers, receivers
from .refusals import AlreadyOpen, SaysNothing, WrongState
from .selectors import doubtable, open_subjects

__all__ = [
    "TO_RECHECK",
    "AlreadyOpen",
    "Corrected",
    "Doubt",
    "Finding",
    "Had",
    "Receivers",
    "SaysNothing",
    "WrongState",
    "confirm",
    "doubtable",
    "fix",
    "open_correction",
    "open_found",
    "open_subjects",
    "raise_doubt",
    "receivers",
    "reject",
]
