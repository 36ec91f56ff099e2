"""What a drawing needs of the world is there: posts, systems, tables, other drawings."""

from collections.abc import Iterator

from diebian.base.process.problems import Problem
from diebian.security.identity.public import Post

from .covering import outcomes_of
from .drawing import WITHDRAWN, Drawing, Kind, Node
from .models import Language
from .refusals import NotDeployable, NotDeployed
from .selectors import drawing_of, newest
from .services import owner_of, services, tasks_in

PERSON = "person"  # the post of whoever the case is about
POSTS = {PERSON, *(one.value for one in Post)}


def check_what_it_needs(drawing: Drawing) -> None:
    """Raises `NotDeployable` with everything that is missing."""
    known = {one.slug for one in services}
    problems = [
        Problem(node.line, node.key, sentence, code)
        for node in drawing.nodes.values()
        for code, sentence in _missing(drawing, node, known)
    ]
    problems += _against_owner(drawing)
    if problems:
        raise NotDeployable(problems)


def _missing(drawing: Drawing, node: Node, known: set[str]) -> Iterator[tuple[str, str]]:
    if node.kind == Kind.USER and node.post not in POSTS:
        yield "post", f"没有“{node.post}”这个岗位" if node.post else "没有写由哪个岗位办（post）"
    if node.kind in {Kind.SERVICE, Kind.SEND} and node.topic not in known:
        yield "topic", f"没有“{node.topic}”这个系统" if node.topic else "没有写调用什么（topic）"
    if node.kind == Kind.RULE:
        yield from _missing_table(node)
    if node.kind == Kind.CALL:
        yield from _missing_process(drawing, node)


def _against_owner(drawing: Drawing) -> Iterator[Problem]:
    """What whoever keeps rows beside these cases cannot do without."""
    owner = owner_of(drawing.key)
    if owner is None:
        return
    for key, outcomes in owner.needs_of(drawing.key).items():
        node = drawing.nodes.get(key)
        if node is None or node.kind != Kind.USER:
            yield Problem(1, key, f"“{owner.title}”要有这个由人办的任务", "owner")
        elif missing := set(outcomes) - set(node.outcomes):
            told = "、".join(sorted(missing))
            yield Problem(node.line, key, f"“{owner.title}”还会得出 {told}，这里没有写", "owner")
    for key, said in owner.faults(tasks_in(drawing)):
        yield Problem(drawing.nodes[key].line, key, said, "owner")


def _missing_table(node: Node) -> Iterator[tuple[str, str]]:
    if not node.outcomes:
        yield "outcomes", "没有写决策会得出哪些结果（outcomes）"
    try:
        newest(node.decision, language=Language.DMN)
    except NotDeployed:
        yield "decision", f"没有部署过决策表“{node.decision}”"


def _missing_process(drawing: Drawing, node: Node) -> Iterator[tuple[str, str]]:
    if node.called == drawing.key:
        yield "called", "流程不能调用自己"
        return
    try:
        called = drawing_of(newest(node.called).pk)
    except NotDeployed:
        yield "called", f"没有部署过流程“{node.called}”"
        return
    missing = {*called.ends, WITHDRAWN} - set(outcomes_of(drawing, node))
    if node.outcomes and missing:
        told = "、".join(sorted(missing))
        yield "outcomes", f"“{node.called}”还会得出 {told}，这里没有写"
