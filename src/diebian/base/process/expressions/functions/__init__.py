"""The functions of FEEL itself. Importing this package declares them all in `registry`."""

from . import contexts, lists, numbers, ranges, texts, times
from .registry import BUILT_IN, REFUSED, BuiltIn

__all__ = [
    "BUILT_IN",
    "REFUSED",
    "BuiltIn",
    "contexts",
    "lists",
    "numbers",
    "ranges",
    "texts",
    "times",
]
