"""Every element of the file is looked at: nothing is passed over in silence."""

from diebian.base.process.problems import Problem
from diebian.base.process.tags import Tag

from .subset import ANYWHERE, BPMN, MAY_HOLD, ONLY, OWN, OWN_ATTRIBUTES, PICTURE, READ_OVER

INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def walk(root: Tag, process: Tag | None, problems: list[Problem], notes: list[Problem]) -> None:
    """`process` is the one that is executed; other pools are read over."""
    _Walk(process, problems, notes).into(root)


class _Walk:
    def __init__(self, process: Tag | None, problems: list[Problem], notes: list[Problem]):
        self.process, self.problems, self.notes = process, problems, notes

    def into(self, tag: Tag) -> None:
        self._attributes(tag)
        for one in tag.inside:
            if one.space == PICTURE:
                continue
            if one.space != BPMN:
                self._note(one, f"别的工具的元素 {one.name} 不起作用")
            elif one.name == "process" and one is not self.process:
                self._note(one, "不执行的流程（泳池），只供阅读")
            elif one.name in ANYWHERE | READ_OVER.get(tag.name, frozenset()):
                self._read_over(one)
            elif one.name in MAY_HOLD[tag.name]:
                self.into(one)
            else:
                self._refuse(one, tag)

    def _read_over(self, tag: Tag) -> None:
        if tag.name == "extensionElements" and tag.inside:
            self._note(tag, "extensionElements 里的内容不起作用")

    def _refuse(self, tag: Tag, around: Tag) -> None:
        where = "" if tag.name not in MAY_HOLD else f"不能放在 {around.name} 里，"
        said = f"{tag.name} {where}不在支持的范围之内"
        self.problems.append(Problem(tag.line, tag.key or around.key, said, f"outside:{tag.name}"))

    def _attributes(self, tag: Tag) -> None:
        own = OWN_ATTRIBUTES.get(tag.name, frozenset())
        for name, value in tag.attributes.items():
            space, _, bare = name.rpartition("}")
            if space == f"{{{OWN}" and bare not in own:
                self._bad(tag, f"attribute:{bare}", f"{tag.name} 没有 {bare} 这个属性")
            elif space and space not in {f"{{{OWN}", f"{{{INSTANCE}"}:
                self._note(tag, f"别的工具的属性 {bare} 不起作用")
            elif not space and bare in ONLY and value not in ONLY[bare]:
                self._bad(tag, f"outside:{bare}", f"{bare}=“{value}”不在支持的范围之内")

    def _bad(self, tag: Tag, code: str, sentence: str) -> None:
        self.problems.append(Problem(tag.line, tag.key, sentence, code))

    def _note(self, tag: Tag, sentence: str) -> None:
        self.notes.append(Problem(tag.line, tag.key, sentence, "note"))
