"""What conditions read exists, and of an exclusive gateway exactly one way is open.

Proved by trying: where the conditions read nothing but decisions with declared outcomes, each
combination of these is asked. Where they read anything else, a default is wanted.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from diebian.base.process.expressions.expression import Expression
from diebian.kernel.errors import DiebianError

from .drawing import ACTIVITIES, Drawing, Flow, Kind, Node, Report

DECISION, FORM, ITEM = "decision", "form", "item"
MOST = 2000  # combinations that are tried; more than that has a default


def cover(drawing: Drawing, report: Report) -> None:
    is_right = True
    for node in drawing.nodes.values():
        for where, condition in conditions_of(node):
            for path in condition.paths:
                is_right = _exists(drawing, node, where, path, report) and is_right
    for node in drawing.nodes.values():
        if is_right and node.kind == Kind.EXCLUSIVE and len(node.out) > 1:
            _one_way_is_open(drawing, node, report)


def outcomes_of(drawing: Drawing, node: Node) -> tuple[str, ...]:
    """A sub-process comes to what its ends say."""
    if node.kind != Kind.SUB:
        return node.outcomes
    ends = [one for one in drawing.inside(node.key) if one.kind == Kind.END]
    return tuple({one.outcome: None for one in ends if one.is_terminating or not one.is_aside})


def scopes_around(drawing: Drawing, node: Node) -> tuple[str, ...]:
    """From the inside out, the top last."""
    scopes = [node.scope]
    while scopes[-1]:
        scopes.append(drawing.nodes[scopes[-1]].scope)
    return tuple(scopes)


def conditions_of(node: Node) -> Iterator[tuple[Node | Flow, Expression]]:
    for flow in node.out:
        if flow.condition:
            yield flow, flow.condition
    for said in (node.department, node.passes):
        if said:
            yield node, said
    if node.many:
        yield node, node.many.over
        if node.many.until:
            yield node, node.many.until


def _exists(
    drawing: Drawing, node: Node, where: Node | Flow, path: Sequence[str], report: Report
) -> bool:
    said = _unknown(drawing, node, path)
    if said:
        report(where, "reads", said)
    return not said


def _unknown(drawing: Drawing, node: Node, path: Sequence[str]) -> str:
    """What is wrong with what is read there; empty where nothing is."""
    if path[0] in {FORM, ITEM}:
        return ""
    if path[0] != DECISION or len(path) < 2:  # noqa: PLR2004  decision.ELEMENT
        return f"条件里的“{'.'.join(path)}”不认识：能读的是 form.字段、decision.元素 和 item"
    read = drawing.nodes.get(path[1])
    if read is None or read.kind not in ACTIVITIES or not outcomes_of(drawing, read):
        return f"条件读“{path[1]}”的结果，没有这个元素，或者它没有写结果"
    if read.scope not in scopes_around(drawing, node):
        return f"条件读“{path[1]}”的结果，它在另一个子流程里"
    return ""


def _one_way_is_open(drawing: Drawing, gateway: Node, report: Report) -> None:
    flows = [flow for flow in gateway.out if flow.condition]
    asked = {path[1] for flow in flows if flow.condition for path in flow.condition.paths
             if path[0] == DECISION}  # fmt: skip
    domain = _domain(drawing, flows, sorted(asked))
    if domain is None:
        if not gateway.default:
            said = "没有默认的线，各条件又不只看已声明的结果，不能证明总有一条走得通"
            report(gateway, "uncovered", said)
        return
    ever: set[str] = set()
    for case in domain:
        hit = [flow.key for flow in flows if _holds(flow, case, report)]
        ever.update(hit)
        told = "、".join(f"{name}＝{value}" for name, value in case.items())
        if len(hit) > 1:
            report(gateway, "overlap", f"{told} 时有 {len(hit)} 条线同时成立：{'、'.join(hit)}")
        if not hit and not gateway.default:
            report(gateway, "uncovered", f"{told} 时没有一条线成立，也没有默认的线")
    for flow in flows:
        if flow.key not in ever:
            report(flow, "never", f"条件“{flow.condition.text}”对任何已声明的结果都不成立")  # type: ignore[union-attr]


def _domain(
    drawing: Drawing, flows: Sequence[Flow], asked: Sequence[str]
) -> list[dict[str, str]] | None:
    """Every combination of outcomes; None where the conditions read more than these."""
    for flow in flows:
        if any(path[0] != DECISION for path in (flow.condition.paths if flow.condition else ())):
            return None
    if not asked or any(drawing.nodes[one].many for one in asked):
        return None
    values = [outcomes_of(drawing, drawing.nodes[one]) for one in asked]
    count = 1
    for one in values:
        count *= len(one)
    if count > MOST:
        return None
    return [dict(zip(asked, case, strict=True)) for case in product(*values)]


def _holds(flow: Flow, case: Mapping[str, str], report: Report) -> bool:
    if flow.condition is None:
        return False
    try:
        told = flow.condition.evaluate({DECISION: case})
    except DiebianError as error:
        report(flow, "condition", f"条件“{flow.condition.text}”求不出来：{error.told}")
        return False
    if not isinstance(told, bool):
        report(flow, "condition", f"条件“{flow.condition.text}”得不到是或否")
    return told is True
