"""Parallel branches nest like brackets, in each scope by itself: a join never waits for a branch
that cannot come, and never lets two through where one is meant."""

from .drawing import SIDE, Branch, Drawing, Kind, Node, Report


def nest(drawing: Drawing, report: Report) -> None:
    for scope in drawing.starts:
        _Nesting(drawing, report).of(scope)


class _Nesting:
    def __init__(self, drawing: Drawing, report: Report):
        self.drawing, self.report = drawing, report
        self.joins: dict[str, str] = {}  # split -> its join
        self.arrived: dict[str, set[str]] = {}  # split -> flows that reached the join
        self.todo: list[Node] = []
        self.is_right = True

    def of(self, scope: str) -> None:
        self._reach(self.drawing.starts[scope], ())
        while self.todo and self.is_right:
            self._from(self.todo.pop())
        if not self.is_right:
            return
        for node in self.drawing.inside(scope):
            if node.nesting is None:
                self._bad(node, "unreached", "从开始走不到这里")
            if node.is_split:
                self._all_arrive(node)

    def _from(self, node: Node) -> None:
        nesting = node.nesting or ()
        if node.kind == Kind.END and not node.is_terminating and nesting:
            split, branch = nesting[-1]
            if branch != SIDE:
                said = f"并行分支（从 {split} 分出）里不能就此结束：接到合并处，或用终止结束"
                self._bad(node, "end-in-branch", said)
        for flow in node.out:
            inner = (*nesting, (node.key, flow.key)) if node.is_split else nesting
            self._reach(self.drawing.nodes[flow.target], inner)
        for event in node.boundary:
            aside = nesting if event.is_interrupting else (*nesting, (event.key, SIDE))
            self._reach(event, aside)

    def _reach(self, node: Node, nesting: tuple[Branch, ...]) -> None:
        if node.kind == Kind.PARALLEL and not node.is_split:
            outside = self._join(node, nesting)
            if outside is None:
                return
            nesting = outside
        if node.nesting is None:
            node.nesting = nesting
            self.todo.append(node)
        elif node.nesting != nesting:
            self._bad(node, "mixed-branches", "从不同的并行分支走到这里，却没有先合并")

    def _join(self, node: Node, nesting: tuple[Branch, ...]) -> tuple[Branch, ...] | None:
        if not nesting or nesting[-1][1] == SIDE:
            self._bad(node, "join", "这里合并，前面却没有分开")
            return None
        split, flow = nesting[-1]
        if self.joins.setdefault(split, node.key) != node.key:
            said = f"从 {split} 分出的分支已经在 {self.joins[split]} 合并"
            self._bad(node, "join", said)
            return None
        others = {one for one, join in self.joins.items() if join == node.key} - {split}
        if others:
            said = f"这里同时合并 {split} 和 {others.pop()} 分出的分支"
            self._bad(node, "join", said)
            return None
        self.arrived.setdefault(split, set()).add(flow)
        return nesting[:-1]

    def _all_arrive(self, split: Node) -> None:
        missing = {flow.key for flow in split.out} - self.arrived.get(split.key, set())
        if missing and (len(missing) < len(split.out) or split.key in self.joins):
            self._bad(split, "branch-lost", f"这些分支到不了合并处：{'、'.join(sorted(missing))}")
        elif missing:
            self._bad(split, "branch-lost", "分开之后没有合并的地方")

    def _bad(self, node: Node, code: str, sentence: str) -> None:
        self.is_right = False
        self.report(node, code, sentence)
