"""The door of bases. Building is loaded only when it is asked for."""

from .actions import declare
from .asking import ask_build
from .loading import load_bases
from .looking import Found, look_up

__all__ = ["Found", "ask_build", "declare", "load_bases", "look_up"]
