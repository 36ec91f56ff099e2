"""What a value must be: `itemDefinition` and `typeRef`, and how a value is fitted to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from diebian.base.process.expressions.expression import Cell, read_cell
from diebian.base.process.expressions.refusals import Mistake, Refused
from diebian.base.process.expressions.scope import Scope, Semantics
from diebian.base.process.expressions.temporal import read_any
from diebian.base.process.expressions.values import IN_CHINESE, Value, in_chinese, kind_of
from diebian.base.process.tags import Tag

from .document import Document, name_of

BUILT_IN = {
    **{name: name for name in IN_CHINESE if name not in ("range", "function", "list")},
    "any": "any", "datetime": "date and time", "dateandtime": "date and time",
    "daytimeduration": "days and time duration", "yearmonthduration": "years and months duration",
    "function": "function", "list": "list",
}  # fmt: skip


@dataclass(frozen=True)
class DataType:
    base: str  # a kind of value, or "any"
    members: Mapping[str, "DataType"] = field(default_factory=dict)
    is_list: bool = False
    allowed: Cell | None = None
    items: "DataType | None" = None  # what a list holds, or a function gives


ANY = DataType("any")


def fitted(value: Value, type_: DataType) -> Value:
    """A list of one is its item where no list is asked for, and the other way round. Raises
    `Mistake`.
    """
    if value is None:
        return None
    if type_.is_list:
        told = value if isinstance(value, list) else [value]
        items = type_.items
        value = [fitted(one, items) for one in told] if items else told
    else:
        value = _single(value, type_)
    if type_.allowed and type_.allowed.test and not _is_allowed(value, type_):
        raise Mistake(f"只能是 {type_.allowed.text}")
    return value


def written(value: Value, type_: DataType) -> Value:
    """A form holds a date as text: read as what is asked for."""
    if isinstance(value, str) and type_.base in _WRITTEN_KINDS and not type_.is_list:
        told = read_any(value)
        return told if kind_of(told) == type_.base else value
    if isinstance(value, list) and type_.is_list and type_.items:
        return [written(one, type_.items) for one in value]
    if isinstance(value, dict) and type_.members:
        return {
            name: written(one, type_.members[name]) if name in type_.members else one
            for name, one in value.items()
        }
    return value


_WRITTEN_KINDS = frozenset(
    {"date", "time", "date and time", "days and time duration", "years and months duration"}
)


def _single(value: Value, type_: DataType) -> Value:
    if type_.base == "any":
        return value
    if isinstance(value, list) and len(value) == 1 and type_.base != "list":
        value = value[0]
    if value is None:
        return None
    if kind_of(value) != type_.base:
        raise Mistake(f"应当是{IN_CHINESE[type_.base]}，而不是{in_chinese(value)}")
    if not type_.members:
        return value
    if missing := [name for name in type_.members if name not in value]:
        raise Mistake(f"缺少“{missing[0]}”")
    return {
        name: fitted(one, type_.members[name]) if name in type_.members else one
        for name, one in value.items()
    }


def _is_allowed(value: Value, type_: DataType) -> bool:
    test = type_.allowed.test if type_.allowed else None
    return test is None or test(value, Scope({})) is True


class DataTypes:
    """All of one file, read when they are asked for: they may stand in any order."""

    def __init__(self, document: Document, semantics: Semantics):
        self._document, self._semantics = document, semantics
        self._tags = {name_of(one): one for one in document.root.named("itemDefinition")}
        self._known: dict[str, DataType] = {}
        self._open: set[str] = set()

    def named(self, name: str, tag: Tag) -> DataType:
        """`tag` is where it is asked for."""
        plain = name.strip().split(":")[-1] if name.strip() not in self._tags else name.strip()
        if not plain:
            return ANY
        if plain in self._tags:
            return self._defined(plain, tag)
        if base := BUILT_IN.get(plain.lower()):
            return DataType(base, is_list=base == "list")
        self._document.refuse(tag, f"不认识的数据类型“{name}”")
        return ANY

    def of(self, tag: Tag | None) -> DataType:
        """By the attribute `typeRef`."""
        return self.named(tag.attributes.get("typeRef", ""), tag) if tag else ANY

    def _defined(self, name: str, asking: Tag) -> DataType:
        if name in self._known:
            return self._known[name]
        if name in self._open:
            self._document.refuse(asking, f"数据类型“{name}”包含它自己")
            return ANY
        self._open.add(name)
        self._known[name] = self._read(self._tags[name])
        self._open.discard(name)
        return self._known[name]

    def _read(self, tag: Tag) -> DataType:
        self._document.parts(
            tag, "typeRef", "allowedValues", "typeConstraint", "itemComponent", "functionItem"
        )
        if (function := tag.first("functionItem")) is not None:
            gives = self.named(function.attributes.get("outputTypeRef", ""), function)
            return DataType("function", items=gives)
        members = {name_of(one): self._read(one) for one in tag.named("itemComponent")}
        told = tag.first("typeRef")
        whole = DataType("context", members) if members else ANY
        if told is not None:
            whole = self.named(told.text, told)
        whole = replace(whole, allowed=self._allowed(tag) or whole.allowed)
        if tag.attributes.get("isCollection") == "true":
            return DataType("list", is_list=True, items=whole)
        return whole

    def _allowed(self, tag: Tag) -> Cell | None:
        for one in tag.named("allowedValues", "typeConstraint"):
            if text := self._document.text_of(one):
                try:
                    return read_cell(text, is_closed=True, semantics=Semantics.STANDARD)
                except Refused as error:
                    self._document.refuse(one, error.detail)
        return None
