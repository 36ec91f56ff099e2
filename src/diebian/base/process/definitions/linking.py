"""Flows are tied to their nodes; each node has as many as it can have."""

from .drawing import ACTIVITIES, HOSTS, Drawing, Kind, Node, Report


def link(drawing: Drawing, report: Report) -> None:
    _tie(drawing, report)
    for scope in ["", *(one.key for one in drawing.nodes.values() if one.kind == Kind.SUB)]:
        _one_start(drawing, scope, report)
    for node in drawing.nodes.values():
        if node.kind == Kind.BOUNDARY:
            _attach(drawing, node, report)
        _count(node, report)
        _conditions_stand_right(node, report)


def _tie(drawing: Drawing, report: Report) -> None:
    for flow in drawing.flows.values():
        source, target = drawing.nodes.get(flow.source), drawing.nodes.get(flow.target)
        if source is None or target is None:
            report(flow, "flow", "连线的一端没有接到任何元素")
        elif source.scope != target.scope:
            report(flow, "flow", "连线穿过了子流程的边界")
        else:
            source.out.append(flow)
            target.into.append(flow)


def _one_start(drawing: Drawing, scope: str, report: Report) -> None:
    starts = [one for one in drawing.inside(scope) if one.kind == Kind.START]
    if len(starts) == 1:
        drawing.starts[scope] = starts[0]
        return
    where = drawing.nodes.get(scope) or next(iter(drawing.nodes.values()), None)
    if where is not None:
        report(where, "one-start", f"要有且只有一个开始，找到 {len(starts)} 个")


def _attach(drawing: Drawing, node: Node, report: Report) -> None:
    host = drawing.nodes.get(node.host)
    if host is None or host.kind not in HOSTS or host.scope != node.scope:
        report(node, "boundary", "边界事件没有附在会停留的任务上")
    else:
        host.boundary.append(node)


def _count(node: Node, report: Report) -> None:
    into, out = len(node.into), len(node.out)
    if node.kind in {Kind.START, Kind.BOUNDARY}:
        is_right, wanted = into == 0 and out == 1, "没有进线、有一条出线"
    elif node.kind == Kind.END:
        is_right, wanted = into > 0 and out == 0, "有进线、没有出线"
    elif node.kind == Kind.PARALLEL:
        is_right = (into == 1 and out > 1) or (into > 1 and out == 1)
        wanted = "要么一进多出（分），要么多进一出（合）"
    elif node.kind == Kind.EXCLUSIVE:
        is_right, wanted = into > 0 and out > 0, "有进线、有出线"
    else:
        is_right, wanted = into > 0 and out == 1, "有进线、只有一条出线（分叉请用网关）"
    if not is_right:
        report(node, "flows", f"这里应当{wanted}，现在 {into} 进 {out} 出")


def _conditions_stand_right(node: Node, report: Report) -> None:
    splits = node.kind == Kind.EXCLUSIVE and len(node.out) > 1
    for flow in node.out:
        if flow.condition and not splits:
            report(flow, "condition", "只有排他网关分出去的线可以带条件")
        if splits and not flow.condition and flow.key != node.default:
            report(flow, "condition", "排他网关分出去的线没有条件")
        if splits and flow.condition and flow.key == node.default:
            report(flow, "condition", "默认的线不能再带条件")
    if node.default and node.default not in {flow.key for flow in node.out}:
        report(node, "default", "默认的线（default）不是从这里出去的")
    if node.default and node.kind in ACTIVITIES:
        report(node, "default", "默认的线只能从排他网关出去")
