"""Whether each live token has the same kind of place in another drawing; all of why not."""

from collections.abc import Iterator, Mapping

from diebian.base.process.definitions.before import surely_decided
from diebian.base.process.definitions.drawing import SIDE, Branch, Drawing, Node
from diebian.base.process.running.models import Standing
from diebian.base.process.running.state import Tok
from diebian.base.process.running.step import Step


def against(step: Step, drawing: Drawing, mapping: Mapping[str, str]) -> list[str]:
    """Empty where the case can be moved."""
    sure = surely_decided(drawing)
    told: dict[str, None] = {}
    for token in step.tokens.values():
        here = step.node(token)
        there = drawing.nodes.get(mapping.get(here.key, here.key))
        if there is None or there.kind != here.kind:
            told[f"“{here.name}”在那一版里没有对应的元素"] = None
            continue
        for one in _of_a_place(token, here, there, mapping):
            told[one] = None
        for key in sorted(sure[there.key] - {there.key}):
            if key not in step.decisions and drawing.nodes[key].many is None:
                told[f"那一版走到“{there.name}”时应已有“{key}”的结果，这一件没有"] = None
    return list(told)


def _of_a_place(token: Tok, here: Node, there: Node, mapping: Mapping[str, str]) -> Iterator[str]:
    if (here.many is None) != (there.many is None):
        yield f"“{here.name}”在一版里为每一项各办一份，在另一版里不是"
    if _same(here.scope, mapping) != there.scope or _branches(here, mapping) != _branches(there):
        yield f"“{here.name}”在那一版里属于别的并行分支或子流程"
    if here.many and there.many and here.many.is_sequential != there.many.is_sequential:
        yield f"“{here.name}”的各份在一版里一起办，在另一版里一份接一份"
    if token.standing == Standing.FORK and token.wanted != len(there.out):
        yield f"“{here.name}”在那一版里分成 {len(there.out)} 支，不是 {token.wanted} 支"
    if here.called != there.called:
        yield f"“{here.name}”在那一版里调用别的流程"
    if token.standing == Standing.SERVICE and here.topic != there.topic:
        yield f"“{here.name}”已经在调用“{here.topic}”，那一版里不是它"
    if token.standing == Standing.MESSAGE and here.message != there.message:
        yield f"“{here.name}”在等“{here.message}”，那一版里不是它"


def _branches(node: Node, mapping: Mapping[str, str] | None = None) -> list[Branch]:
    """By the splits around it; what flows are called says nothing."""
    told = mapping or {}
    return [
        (_same(split, told), SIDE if flow == SIDE else "") for split, flow in node.nesting or ()
    ]


def _same(key: str, mapping: Mapping[str, str]) -> str:
    return mapping.get(key, key)
