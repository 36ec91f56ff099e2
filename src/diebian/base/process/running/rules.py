"""A business rule task asks its table, in the version that was in force when the case began."""

from functools import lru_cache
from typing import Any

from diebian.base.process.decisions.model import Model
from diebian.base.process.decisions.reading import read_model
from diebian.base.process.definitions.drawing import Node
from diebian.base.process.definitions.models import Language, Version
from diebian.base.process.definitions.selectors import newest

from .refusals import Trouble
from .step import Step


def ruled(step: Step, node: Node) -> tuple[str, Any]:
    """The outcome, and the evidence: which version, which rules fired. Raises `Trouble`, and what
    a decision refuses."""
    version = newest(node.decision, language=Language.DMN, before=step.case.opened_at)
    told = _model(version.pk).evaluate(node.decision, step.form)
    if not isinstance(told.value, str):
        raise Trouble(f"决策表“{node.decision}”得出的不是一个结果，而是“{told.value}”")
    fired = [{"table": one.decision, "rules": list(one.rules)} for one in told.fired]
    return told.value, {"version": version.number, "fired": fired}


@lru_cache(maxsize=200)
def _model(version_id: int) -> Model:
    return read_model(bytes(Version.objects.only("file").get(pk=version_id).file))
