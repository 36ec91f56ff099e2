"""From everywhere an end can be reached, and no way goes in a circle without anybody waiting."""

from .drawing import AUTOMATIC, Drawing, Kind, Report


def find_dead_ends(drawing: Drawing, report: Report) -> None:
    ends = {one.key for one in drawing.nodes.values() if one.kind == Kind.END}
    while True:
        more = {flow.source for flow in drawing.flows.values() if flow.target in ends}
        more |= {one.host for one in drawing.nodes.values() if one.host and one.key in ends}
        if more <= ends:
            break
        ends |= more
    for node in drawing.nodes.values():
        if node.key not in ends:
            report(node, "no-end", "从这里走不到结束")


def find_automatic_loops(drawing: Drawing, report: Report) -> None:
    """A sub-process may be passed without waiting, when nothing in it waits."""
    passed = {one.key for one in drawing.nodes.values() if one.kind in AUTOMATIC}
    passed |= {one.key for one in drawing.nodes.values() if one.kind == Kind.SUB}
    passed |= {one.key for one in drawing.nodes.values() if one.many}  # over an empty list
    circle = set(passed)
    while True:
        out = {
            key
            for key in circle
            if not any(flow.target in circle for flow in drawing.nodes[key].out)
        }
        if not out:
            break
        circle -= out
    for key in sorted(circle):
        report(drawing.nodes[key], "automatic-loop", "这里会自己绕圈，中间没有人或事可等")
