"""The door of comparisons: declaring one, and asking for a run."""

from .actions import declare
from .asking import ask_run
from .models import Outcome
from .mounted import resource_of
from .plan import RuleKind
from .selectors import is_declared, requests_of

__all__ = ["Outcome", "RuleKind", "ask_run", "declare", "is_declared", "requests_of", "resource_of"]
