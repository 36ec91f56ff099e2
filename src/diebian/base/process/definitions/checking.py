"""What must hold before anything is deployed, from the shape to the meaning; it stops at the first
level that has faults, because the next one would only repeat them."""

from .before import decided_before
from .covering import cover
from .drawing import Drawing, Flow, Node, Report
from .linking import link
from .loops import find_automatic_loops, find_dead_ends
from .nesting import nest

STEPS = (link, nest, find_dead_ends, find_automatic_loops, cover, decided_before)


def check(drawing: Drawing, report: Report) -> None:
    found: list[str] = []

    def told(where: Node | Flow, code: str, sentence: str) -> None:
        found.append(code)
        report(where, code, sentence)

    for step in STEPS:
        step(drawing, told)
        if found:
            return
