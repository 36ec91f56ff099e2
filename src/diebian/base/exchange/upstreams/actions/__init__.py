"""Nodes above the city: made known, and given another key or another address."""

from .keeping import change_key, register_upstream
from .moving import change_address

__all__ = ["change_address", "change_key", "register_upstream"]
