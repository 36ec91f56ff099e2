"""The door of deliveries: what a mounted table is read from is registered here."""

from .origins import MASKED, Origin, Reading, Taken, origins
from .refusals import ColumnsGone, SourceEnded
from .using import sent_from

__all__ = [
    "MASKED",
    "ColumnsGone",
    "Origin",
    "Reading",
    "SourceEnded",
    "Taken",
    "origins",
    "sent_from",
]
