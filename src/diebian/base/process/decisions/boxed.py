"""Boxed expressions as trees of FEEL: one way to work out everything that is not a table."""

from collections.abc import Callable

from diebian.base.process.expressions.compiling import Compiler
from diebian.base.process.expressions.expression import read
from diebian.base.process.expressions.naming import free_names
from diebian.base.process.expressions.refusals import Mistake
from diebian.base.process.expressions.scope import Run, Scope, Semantics
from diebian.base.process.expressions.tree import (
    Argument,
    Call,
    ContextOf,
    Entry,
    Filter,
    For,
    FunctionOf,
    If,
    Iteration,
    ListOf,
    Node,
    Parameter,
    Path,
    Quantified,
    Ready,
)
from diebian.base.process.expressions.values import Value
from diebian.base.process.tags import Tag

from .datatypes import ANY, DataType, DataTypes, fitted
from .document import Document, name_of
from .refusals import NotAllowed
from .tables import Table, TableReader

LOGIC = (
    "decisionTable", "literalExpression", "context", "invocation", "functionDefinition", "list",
    "relation", "conditional", "filter", "for", "some", "every",
)  # fmt: skip
RESULT = ""  # the cell of a context that is its value: no name can be empty


class BoxReader:
    """`tables` gathers every table that is met, for whoever analyses them."""

    def __init__(self, document: Document, types: DataTypes, semantics: Semantics, owner: str):
        self._document, self._types, self._semantics = document, types, semantics
        self._owner = owner
        self.tables: list[Table] = []

    def within(self, tag: Tag, names: frozenset[str]) -> Node | None:
        """The logic that stands in this element; None where it was refused or is missing."""
        found = list(tag.named(*LOGIC))
        if len(found) != 1:
            self._document.refuse(tag, "这里应当有一个表达式或一张表，不多也不少")
            return None
        return self.read(found[0], names)

    def read(self, tag: Tag, names: frozenset[str]) -> Node | None:
        told = self._read[tag.name](self, tag, names)
        if told is None or tag.name == "decisionTable":
            return told
        return self.typed(told, self._types.of(tag), tag)

    def typed(self, node: Node, type_: DataType, tag: Tag) -> Node:
        """With its value fitted to what is declared."""
        if type_ is ANY:
            return node
        run, is_strict = self.compiled(node, tag), self._semantics is Semantics.STRICT
        label = name_of(tag) or self._owner

        def checked(scope: Scope) -> Value:
            try:
                return fitted(run(scope), type_)
            except Mistake as error:
                if is_strict:
                    raise NotAllowed(f"“{label}”{error}") from error
                return None

        return Ready(checked, free_names(node))

    def compiled(self, node: Node, tag: Tag) -> Run:
        run = self._document.tried(tag, lambda: Compiler(self._semantics).compile(node))
        return run or (lambda _scope: None)

    def _literal(self, tag: Tag, names: frozenset[str]) -> Node | None:
        if tag.first("importedValues"):
            self._document.refuse(tag, "不能从别处取值")
        self._document.parts(tag, "text")
        text = self._document.text_of(tag)
        told = self._document.tried(
            tag,
            lambda: read(
                text,
                names=names,
                members=self._document.members,
                is_closed=True,
                semantics=self._semantics,
            ),
        )
        return told.tree if told else None

    def _table(self, tag: Tag, names: frozenset[str]) -> Node | None:
        reader = TableReader(self._document, self._semantics, names, self._types.of)
        table = reader.read(tag, self._owner)
        if table is None:
            return None
        self.tables.append(table)
        return Ready(table.run, table.names)

    def _context(self, tag: Tag, names: frozenset[str]) -> Node | None:
        entries: list[Entry] = []
        for one in self._document.parts(tag, "contextEntry"):
            variable = self._variable(one)
            name = name_of(variable) if variable is not None else RESULT
            value = self.within(one, names)
            if value is None:
                return None
            if any(entry.name == name for entry in entries):
                self._document.refuse(one, f"“{name}”写了两次")
                return None
            entries.append(Entry(name, self.typed(value, self._types.of(variable), one)))
            names |= {name}
        whole = ContextOf(tuple(entries))
        return Path(whole, RESULT) if any(one.name == RESULT for one in entries) else whole

    def _variable(self, tag: Tag) -> Tag | None:
        self._document.parts(tag, "variable", *LOGIC)
        return tag.first("variable")

    def _invocation(self, tag: Tag, names: frozenset[str]) -> Node | None:
        self._document.parts(tag, "binding", *LOGIC)
        called = self.within(tag, names)
        arguments: list[Argument] = []
        for one in tag.named("binding"):
            self._document.parts(one, "parameter", *LOGIC)
            parameter, value = one.first("parameter"), self.within(one, names)
            if parameter is None or value is None:
                return None
            arguments.append(Argument(name_of(parameter), value))
        return Call(called, tuple(arguments)) if called else None

    def _function(self, tag: Tag, names: frozenset[str]) -> Node | None:
        return self.function(tag, names)

    def function(self, tag: Tag, names: frozenset[str]) -> FunctionOf | None:
        self._document.parts(tag, "formalParameter", *LOGIC)
        if tag.attributes.get("kind", "FEEL") != "FEEL":
            self._document.refuse(tag, "不能调用外部程序")
            return None
        told = list(tag.named("formalParameter"))
        parameters = tuple(Parameter(name_of(one)) for one in told)
        body = self.within(tag, names.union(one.name for one in parameters))
        if body is None:
            return None
        return FunctionOf(parameters, self._with_fitted(body, told, tag))

    def _with_fitted(self, body: Node, parameters: list[Tag], tag: Tag) -> Node:
        types = {
            name_of(one): type_ for one in parameters if (type_ := self._types.of(one)) is not ANY
        }
        if not types:
            return body
        run, is_strict = self.compiled(body, tag), self._semantics is Semantics.STRICT

        def called(scope: Scope) -> Value:
            for name, type_ in types.items():
                try:
                    scope[name] = fitted(scope[name], type_)
                except Mistake as error:
                    if is_strict:
                        raise NotAllowed(f"“{name}”{error}") from error
                    return None
            return run(scope)

        return Ready(called, free_names(body) | types.keys())

    def _list(self, tag: Tag, names: frozenset[str]) -> Node | None:
        told = [self.read(one, names) for one in self._document.parts(tag, *LOGIC)]
        items = tuple(filter(None, told))
        return ListOf(items) if len(items) == len(told) else None

    def _relation(self, tag: Tag, names: frozenset[str]) -> Node | None:
        self._document.parts(tag, "column", "row")
        columns = [name_of(one) for one in tag.named("column")]
        rows: list[Node] = []
        for row in tag.named("row"):
            told = [self.read(one, names) for one in self._document.parts(row, *LOGIC)]
            cells = list(filter(None, told))
            if len(cells) != len(columns):
                self._document.refuse(row, "行的格数和列数不同")
                return None
            rows.append(ContextOf(tuple(map(Entry, columns, cells))))
        return ListOf(tuple(rows))

    def _conditional(self, tag: Tag, names: frozenset[str]) -> Node | None:
        told = self._children(tag, names, "if", "then", "else")
        return If(*told) if told else None

    def _filter(self, tag: Tag, names: frozenset[str]) -> Node | None:
        inner = names | {"item"} | self._document.members
        self._document.parts(tag, "in", "match")
        of, by = tag.first("in"), tag.first("match")
        if of is None or by is None:
            self._document.refuse(tag, "筛选要有 in 和 match")
            return None
        items, condition = self.within(of, names), self.within(by, inner)
        return Filter(items, condition) if items and condition else None

    def _walk(self, tag: Tag, names: frozenset[str]) -> Node | None:
        name = tag.attributes.get("iteratorVariable", "").strip()
        last = "return" if tag.name == "for" else "satisfies"
        self._document.parts(tag, "in", last)
        over, body = tag.first("in"), tag.first(last)
        if over is None or body is None or not name:
            self._document.refuse(tag, f"要有 iteratorVariable、in 和 {last}")
            return None
        items = self.within(over, names)
        told = self.within(body, names | {name, "partial"})
        if items is None or told is None:
            return None
        walk = (Iteration(name, items),)
        return For(walk, told) if tag.name == "for" else Quantified(tag.name == "every", walk, told)

    def _children(self, tag: Tag, names: frozenset[str], *parts: str) -> list[Node] | None:
        self._document.parts(tag, *parts)
        found = [tag.first(one) for one in parts]
        if None in found:
            self._document.refuse(tag, f"要有 {'、'.join(parts)}")
            return None
        told = [self.within(one, names) for one in found if one is not None]
        nodes = list(filter(None, told))
        return nodes if len(nodes) == len(parts) else None

    _read: dict[str, Callable[["BoxReader", Tag, frozenset[str]], Node | None]] = {
        "literalExpression": _literal, "decisionTable": _table, "context": _context,
        "invocation": _invocation, "functionDefinition": _function, "list": _list,
        "relation": _relation, "conditional": _conditional, "filter": _filter, "for": _walk,
        "some": _walk, "every": _walk,
    }  # fmt: skip
