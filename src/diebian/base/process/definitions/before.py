"""What has surely been decided wherever one stands: a condition reads nothing that may be missing.

Forward over the drawing until nothing changes: of several ways that lead to a node only what all of
them have passed is sure, and after a join what any of the branches has.
"""

from .covering import conditions_of
from .drawing import ACTIVITIES, Drawing, Kind, Node, Report

Sure = dict[str, frozenset[str]]


def decided_before(drawing: Drawing, report: Report) -> None:
    sure = surely_decided(drawing)
    for node in drawing.nodes.values():
        for where, condition in conditions_of(node):
            is_own = node.many is not None and condition is node.many.until
            known = sure[node.key] | {node.key} if is_own else sure[node.key]
            read = {path[1] for path in condition.paths if path[0] == "decision"}
            for key in sorted(read - known):
                said = f"条件“{condition.text}”读“{key}”的结果，走到这里时它不一定已经有结果"
                report(where, "not-yet", said)


def surely_decided(drawing: Drawing) -> Sure:
    """Of each node, before it is done. Everything is sure until a way shows that it is not."""
    everything = frozenset(drawing.nodes)
    sure = dict.fromkeys(drawing.nodes, everything)
    is_settled = False
    while not is_settled:
        is_settled = True
        for node in drawing.nodes.values():
            told = _before(drawing, node, sure)
            if told != sure[node.key]:
                sure[node.key], is_settled = told, False
    return sure


def _before(drawing: Drawing, node: Node, sure: Sure) -> frozenset[str]:
    if node.kind == Kind.START:
        return sure[node.scope] if node.scope else frozenset()
    if node.kind == Kind.BOUNDARY:
        return sure[node.host]
    ways = [_after(drawing.nodes[flow.source], sure) for flow in node.into]
    is_join = node.kind == Kind.PARALLEL and len(node.into) > 1
    return frozenset.union(*ways) if is_join else frozenset.intersection(*ways)


def _after(node: Node, sure: Sure) -> frozenset[str]:
    return sure[node.key] | {node.key} if node.kind in ACTIVITIES else sure[node.key]
