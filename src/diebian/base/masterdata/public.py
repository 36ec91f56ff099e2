"""The door of bases. Building is loaded only when it is asked for."""

from .actions import declare
from .asking import ask_build
from .asking_leave import ask_leave, requests_of
from .loading import load_bases
from .looking import Found, look_up
from .offering import mount_base
from .selectors import is_declared

__all__ = [
    "Found",
    "ask_build",
    "ask_leave",
    "declare",
    "is_declared",
    "load_bases",
    "look_up",
    "mount_base",
    "requests_of",
]
