"""The door of corrections: saying that a value is wrong, and hearing that it was put right."""

from .actions import TO_RECHECK, confirm, fix, open_correction, reject
from .refusals import AlreadyOpen, SaysNothing, WrongState

__all__ = [
    "TO_RECHECK",
    "AlreadyOpen",
    "SaysNothing",
    "WrongState",
    "confirm",
    "fix",
    "open_correction",
    "reject",
]
