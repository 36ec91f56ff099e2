"""Governance's door. Checking rows is loaded only when it is asked for."""

from .everywhere import declare_everywhere
from .loading import load_rules
from .refusals import NothingToCheck, RuleTaken, RuleUnclear
from .rule_actions import declare_rule, end_rule

__all__ = [
    "NothingToCheck",
    "RuleTaken",
    "RuleUnclear",
    "declare_everywhere",
    "declare_rule",
    "end_rule",
    "load_rules",
]
