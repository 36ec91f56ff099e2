"""A DMN file → a model, or what is wrong with it and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from diebian.base.process.expressions.scope import Run, Semantics
from diebian.base.process.expressions.tree import FunctionOf
from diebian.base.process.problems import Problem
from diebian.base.process.tags import Tag

from .boxed import LOGIC, BoxReader
from .datatypes import ANY, DataTypes
from .document import Document, name_of
from .model import Decision, Element, Input, Knowledge, Model, Service
from .refusals import NotAccepted

REQUIRED = {
    "informationRequirement": ("requiredDecision", "requiredInput"),
    "knowledgeRequirement": ("requiredKnowledge",),
}
KINDS = ("inputData", "decision", "businessKnowledgeModel", "decisionService")


@dataclass(frozen=True)
class Survey:
    """What of a file can be used, and what is wrong with the rest."""

    model: Model
    problems: tuple[Problem, ...]
    refused: Mapping[str, str] = field(default_factory=dict)  # why, by the name of what is left out


def read_model(body: bytes, *, semantics: Semantics = Semantics.STRICT) -> Model:
    """Raises `NotAccepted` with all that is wrong, `NotXml`."""
    survey = surveyed(body, semantics=semantics)
    if survey.problems:
        raise NotAccepted(survey.problems)
    return survey.model


def surveyed(body: bytes, *, semantics: Semantics) -> Survey:
    """For a report: decisions that are wrong, or need one that is, are left out."""
    return _ModelReader(Document(body), semantics).survey()


class _ModelReader:
    def __init__(self, document: Document, semantics: Semantics):
        self._document, self._semantics = document, semantics
        self._types = DataTypes(document, semantics)
        self._requires: dict[str, tuple[str, ...]] = {}
        self._elements: dict[str, Element] = {}
        self._wrong: dict[str, str] = {}  # why, by id

    def survey(self) -> Survey:
        document = self._document
        self._check_top()
        tags = list(document.root.named(*KINDS))
        for one in tags:
            self._requires[one.key] = self._required(one)
        self._check_circles()
        for one in tags:
            self._kept(one)
        refused = self._with_dependants()
        model = Model(
            name_of(document.root),
            document.version,
            {key: one for key, one in self._elements.items() if key not in refused},
            self._semantics is Semantics.STRICT,
        )
        names = {name_of(document.by_id[key]): self._why(key) for key in refused}
        return Survey(model, tuple(document.problems), names)

    def _check_top(self) -> None:
        document = self._document
        document.parts(document.root, "itemDefinition", "import", *KINDS)
        for one in document.root.named("import"):
            document.refuse(one, "不能引入别的文件")
        names: dict[str, Tag] = {}
        for one in document.root.named(*KINDS):
            name = name_of(one)
            if not name:
                document.refuse(one, "没有名称")
            elif name in names:
                document.refuse(one, f"名称“{name}”已经用过（第 {names[name].line} 行）")
            elif document.by_id[one.key] is not one:
                document.refuse(one, f"id“{one.key}”用了两次")
            names[name] = one
        for one in document.root.named("itemDefinition"):
            self._types.named(name_of(one), one)

    def _kept(self, tag: Tag) -> None:
        """Reads one element; where something is wrong with it, it is remembered as wrong."""
        before = len(self._document.problems)
        read = {
            "inputData": self._input, "decision": self._decision,
            "businessKnowledgeModel": self._knowledge, "decisionService": self._service,
        }[tag.name]  # fmt: skip
        told = read(tag)
        if told is None or len(self._document.problems) > before or not tag.key:
            why = [one.sentence for one in self._document.problems[before:]]
            self._wrong.setdefault(tag.key, why[0] if why else "读不出来")
        else:
            self._elements[tag.key] = told

    def _input(self, tag: Tag) -> Element | None:
        self._document.parts(tag, "variable")
        return Input(tag.key, name_of(tag), self._types.of(tag.first("variable")))

    def _decision(self, tag: Tag) -> Element | None:
        self._document.parts(tag, "variable", *REQUIRED, *LOGIC)
        reader = self._boxes(tag)
        logic = reader.within(tag, self._visible(tag))
        if logic is None:
            return None
        type_ = self._types.of(tag.first("variable"))
        run, tables = reader.compiled(reader.typed(logic, type_, tag), tag), tuple(reader.tables)
        return Decision(tag.key, name_of(tag), self._requires[tag.key], type_, run, tables)

    def _knowledge(self, tag: Tag) -> Element | None:
        self._document.parts(tag, "variable", "knowledgeRequirement", "encapsulatedLogic")
        logic = tag.first("encapsulatedLogic")
        if logic is None:
            self._document.refuse(tag, "没有 encapsulatedLogic")
            return None
        reader = self._boxes(tag)
        function = reader.function(logic, self._visible(tag))
        if function is None:
            return None
        run = self._typed_function(reader, function, tag)
        needs, tables = self._requires[tag.key], tuple(reader.tables)
        return Knowledge(tag.key, name_of(tag), needs, run, tables)

    def _typed_function(self, reader: BoxReader, function: FunctionOf, tag: Tag) -> Run:
        type_ = self._types.of(tag.first("variable"))
        if type_.base == "function":
            return reader.compiled(function, tag)
        body = reader.typed(function.body, type_, tag)
        return reader.compiled(FunctionOf(function.parameters, body), tag)

    def _service(self, tag: Tag) -> Element | None:
        document = self._document
        told: dict[str, list[str]] = {"inputData": [], "inputDecision": [], "outputDecision": []}
        for one in document.parts(tag, "variable", "encapsulatedDecision", *told):
            found = document.referred(one) if one.name != "variable" else None
            if found is not None and one.name in told:
                told[one.name].append(found.key)
        if not told["outputDecision"]:
            document.refuse(tag, "决策服务没有输出")
        takes = (*told["inputData"], *told["inputDecision"])
        type_ = self._types.of(tag.first("variable"))
        result = type_.items or ANY if type_.base == "function" else type_
        return Service(tag.key, name_of(tag), takes, tuple(told["outputDecision"]), result)

    def _boxes(self, tag: Tag) -> BoxReader:
        return BoxReader(self._document, self._types, self._semantics, name_of(tag))

    def _visible(self, tag: Tag) -> frozenset[str]:
        by_id = self._document.by_id
        return frozenset(name_of(by_id[key]) for key in self._requires[tag.key])

    def _required(self, tag: Tag) -> tuple[str, ...]:
        told: dict[str, None] = {}
        for requirement in tag.named(*REQUIRED):
            for one in self._document.parts(requirement, *REQUIRED[requirement.name]):
                found = self._document.referred(one)
                if found is not None and found.name in KINDS:
                    told[found.key] = None
        return tuple(told)

    def _check_circles(self) -> None:
        """A decision that needs itself, over whatever others, is named with its way."""
        done: set[str] = set()
        for key in self._requires:
            if circle := self._circle(key, done):
                way = " → ".join(name_of(self._document.by_id[one]) for one in circle)
                self._document.refuse(self._document.by_id[circle[0]], f"需要它自己：{way}")
                self._wrong.update(dict.fromkeys(circle, f"需要它自己：{way}"))

    def _circle(self, begun: str, done: set[str]) -> list[str]:
        way: list[str] = []
        waiting: list[tuple[str, bool]] = [(begun, False)]
        while waiting:
            key, is_left = waiting.pop()
            if is_left:
                done.add(way.pop())
            elif key in way:
                return [*way[way.index(key) :], key]
            elif key not in done:
                way.append(key)
                waiting.append((key, True))
                waiting += [(one, False) for one in reversed(self._needs(key))]
        return []

    def _needs(self, key: str) -> tuple[str, ...]:
        return self._requires.get(key, ())

    def _with_dependants(self) -> set[str]:
        refused = set(self._wrong)
        while more := {key for key in self._requires if self._leans(key, refused)} - refused:
            refused |= more
        return refused & set(self._document.by_id)

    def _why(self, key: str) -> str:
        return self._wrong.get(key, "它所需要的决策不能使用")

    def _leans(self, key: str, refused: set[str]) -> bool:
        one = self._elements.get(key)
        gives: Iterable[str] = one.gives if isinstance(one, Service) else ()
        return not refused.isdisjoint((*self._needs(key), *gives))
