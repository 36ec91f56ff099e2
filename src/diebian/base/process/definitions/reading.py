"""A file becomes a drawing, or all that is wrong with it is told at once."""

from diebian.base.process.problems import Problem
from diebian.base.process.tags import Tag, tags_of

from .checking import check
from .drawing import Drawing, Flow, Node
from .nodes import LONGEST, Teller, flow_of, node_of
from .refusals import NotDeployable
from .subset import BPMN, FLOW_NODES
from .walking import walk


def read(body: bytes) -> Drawing:
    """Raises `NotXml`, or `NotDeployable` with every problem that was found."""
    root = tags_of(body)
    problems: list[Problem] = []
    notes: list[Problem] = []

    def at(tag: Tag, code: str, sentence: str) -> None:
        problems.append(Problem(tag.line, tag.key, sentence, code))

    if (root.space, root.name) != (BPMN, "definitions"):
        at(root, "not-bpmn", "根元素不是 BPMN 2.0 的 definitions")
        raise NotDeployable(problems)
    process = _the_one(root, at)
    walk(root, process, problems, notes)
    if process is None or problems:
        raise NotDeployable(problems)
    drawing = Drawing(process.key, process.attributes.get("name") or process.key, notes=notes)
    messages = {one.key: one.attributes.get("name", "") for one in root.named("message")}
    _fill(drawing, process, "", messages, at)
    if not problems:
        check(drawing, lambda where, code, said: problems.append(_problem(where, code, said)))
    if problems:
        raise NotDeployable(problems)
    return drawing


def check_file(file: bytes) -> None:
    """For whoever draws by program. Raises `NotXml`, `NotDeployable`; asks nothing of the world."""
    read(file)


def _problem(where: Node | Flow, code: str, sentence: str) -> Problem:
    return Problem(where.line, where.key, sentence, code)


def _the_one(root: Tag, at: Teller) -> Tag | None:
    """The executable process. Others beside it are pools that are drawn for the reader."""
    found = list(root.named("process"))
    if len(found) > 1:
        found = [one for one in found if one.attributes.get("isExecutable") == "true"]
    if len(found) != 1:
        at(root, "one-process", f"要有且只有一个可执行的流程，找到 {len(found)} 个")
        return None
    if not 0 < len(found[0].key) <= LONGEST:
        at(found[0], "id", f"流程没有 id，或者长于 {LONGEST} 字")
    return found[0]


def _fill(drawing: Drawing, around: Tag, scope: str, messages: dict[str, str], at: Teller) -> None:
    for tag in around.named(*FLOW_NODES, "sequenceFlow"):
        if not tag.key or tag.key in drawing.nodes or tag.key in drawing.flows:
            at(tag, "id", "没有 id，或者 id 重复")
        elif len(tag.key) > LONGEST:
            at(tag, "id", f"id 长于 {LONGEST} 字")
        elif tag.name == "sequenceFlow":
            drawing.flows[tag.key] = flow_of(tag, at)
        else:
            drawing.nodes[tag.key] = node_of(tag, scope, messages, at)
            if tag.name == "subProcess":
                _fill(drawing, tag, tag.key, messages, at)
