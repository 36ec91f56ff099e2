"""Governance's door. Checking rows is loaded only when it is asked for."""

from .loading import load_rules
from .rule_actions import declare_rule

__all__ = ["declare_rule", "load_rules"]
