"""A business rule task: its table is asked, by the version that was in force when the case began."""

from typing import Any

from diebian.base.process.definitions.drawing import Node

from .refusals import Trouble
from .step import Step


def ruled(step: Step, node: Node) -> tuple[str, Any]:
    """The outcome, and the evidence: which version, which rules. Raises `Trouble`."""
    raise Trouble(f"决策表“{node.decision}”还不能用")
