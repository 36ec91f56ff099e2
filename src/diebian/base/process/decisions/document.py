"""A DMN file as it is read: its elements by id, the names in it, and what is wrong with it."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from diebian.base.process.expressions.refusals import Refused
from diebian.base.process.expressions.scanning import tidy
from diebian.base.process.problems import Problem
from diebian.base.process.tags import Tag, tags_of

from .refusals import NotAccepted

VERSIONS = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
REMARKS = frozenset(
    {"description", "extensionElements", "question", "allowedAnswers", "knowledgeSource",
     "authorityRequirement", "textAnnotation", "association", "group", "elementCollection",
     "performanceIndicator", "organizationUnit", "businessContextElement", "annotation",
     "annotationEntry", "supportedObjective", "impactedPerformanceIndicator", "decisionMaker",
     "decisionOwner", "usingProcess", "usingTask"}
)  # fmt: skip
Read = TypeVar("Read")
NAMING = frozenset({"itemComponent", "variable", "output", "column", "parameter"})


class Document:
    def __init__(self, body: bytes):
        self.root = tags_of(body)
        self.problems: list[Problem] = []
        if self.root.name != "definitions" or self.root.space not in VERSIONS:
            told = f"不是 DMN {'、'.join(VERSIONS.values())} 的文件"
            raise NotAccepted([Problem(self.root.line, self.root.key, told)])
        self.space = self.root.space
        self.namespace = self.root.attributes.get("namespace", "")
        top = [one for one in self.root.inside if one.space == self.space]
        for one in top:  # ids may be left out where nothing refers to them
            one.attributes.setdefault("id", name_of(one))
        self.by_id: dict[str, Tag] = {}
        for one in top:
            self.by_id.setdefault(one.key, one)
        self._named = {id(one): named for one, named in self._every()}
        naming = (one for one, _ in self._every() if one.space == self.space)
        self.members = frozenset(name_of(one) for one in naming if one.name in NAMING) - {""}
        self._check_language(self.root)

    @property
    def version(self) -> str:
        return VERSIONS[self.space]

    def refuse(self, tag: Tag, sentence: str) -> None:
        self.problems.append(Problem(tag.line, self._named[id(tag)], sentence))

    def tried(self, tag: Tag, read: Callable[[], Read]) -> Read | None:
        """What FEEL refuses is wrong with this element."""
        try:
            return read()
        except Refused as error:
            self.refuse(tag, error.detail)
            return None

    def parts(self, tag: Tag, *known: str) -> list[Tag]:
        """The children that mean something. Any that is neither known nor a remark is refused."""
        for one in tag.inside:
            if one.space == self.space and one.name not in known and one.name not in REMARKS:
                self.refuse(one, f"不能使用 {one.name}")
        self._check_language(tag)
        return list(tag.named(*known))

    def text_of(self, tag: Tag) -> str:
        return "".join(one.text for one in tag.named("text")).strip()

    def referred(self, tag: Tag) -> Tag | None:
        """What `href` points to, within this file."""
        space, _, key = tag.attributes.get("href", "").rpartition("#")
        if space and space != self.namespace:
            self.refuse(tag, "不能引用别的文件")
            return None
        found = self.by_id.get(key)
        if found is None:
            self.refuse(tag, f"文件里没有“{key}”")
        return found

    def _check_language(self, tag: Tag) -> None:
        for attribute in ("expressionLanguage", "typeLanguage"):
            told = tag.attributes.get(attribute, "")
            if told and "FEEL" not in told.upper():
                self.refuse(tag, f"表达式只能用 FEEL，不能用 {told}")

    def _every(self) -> Iterator[tuple[Tag, str]]:
        """Each with the id that a person finds it by: its own, or of what it stands in."""
        waiting = [(self.root, "")]
        while waiting:
            one, around = waiting.pop()
            named = one.key or name_of(one) or around
            yield one, named
            waiting.extend((child, named) for child in one.inside)


def name_of(tag: Tag) -> str:
    return tidy(tag.attributes.get("name", ""))
