"""What a document looks like: records, lists, maps and plain values, each with its sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from diebian.standards.sharing import Limit

from .documents import Document, Steps
from .faults import Fault
from .words import FILLED, Rule

LONGEST = 60  # of a value within a sentence


@dataclass(frozen=True)
class Place:
    """Where a check stands within a document."""

    document: Document
    steps: Steps = ()

    def __truediv__(self, step: str | int) -> "Place":
        return Place(self.document, (*self.steps, step))

    def fault(self, sentence: str) -> Fault:
        named = [str(step) for step in self.steps if isinstance(step, str)]
        where = f"{named[-1]} " if named else ""
        return self.document.fault(f"{where}{sentence}", *self.steps)


class Shape(Protocol):
    def faults(self, told: Any, at: Place) -> Iterator[Fault]: ...


@dataclass(frozen=True)
class Text:
    rule: Rule = FILLED

    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        if not isinstance(told, str):
            yield at.fault(f"应为文字，写的是 {told}；数字、日期和是否请加引号")
        elif not self.rule.is_right(told):
            yield at.fault(f"{self.rule.sentence}，写的是“{_short(told)}”")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST and "\n" not in text else f"{text.split(chr(10), 1)[0]}……"


@dataclass(frozen=True)
class Number:
    least: float = 0

    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        if isinstance(told, bool) or not isinstance(told, int | float):
            yield at.fault(f"应为数字，写的是“{told}”")
        elif told < self.least:
            yield at.fault(f"不能小于 {self.least}，写的是 {told}")


@dataclass(frozen=True)
class Whole:
    least: int = 0
    most: int = 10**12

    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        if isinstance(told, bool) or not isinstance(told, int):
            yield at.fault(f"应为不带小数的数字，写的是“{told}”")
        elif not self.least <= told <= self.most:
            yield at.fault(f"应在 {self.least} 到 {self.most} 之间，写的是 {told}")


@dataclass(frozen=True)
class DaysByLaw:
    """Working days of a city: as many as the law gives, or fewer."""

    law: Limit
    most: int

    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        wrong = list(Whole(1, self.most).faults(told, at))
        if not wrong and told > self.law.days:
            law = f"法定 {self.law.days} 个工作日（{self.law.source}）"
            wrong = [at.fault(f"{law}，本市的只能更短，写的是 {told}")]
        yield from wrong


@dataclass(frozen=True)
class Truth:
    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        if not isinstance(told, bool):
            yield at.fault(f"应为 true 或 false，写的是“{told}”")


@dataclass(frozen=True)
class Either:
    """The first shape that fits; when none does, what the first one says."""

    shapes: tuple[Shape, ...]

    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        found = [list(shape.faults(told, at)) for shape in self.shapes]
        if all(found):
            yield from found[0]


@dataclass(frozen=True)
class Nothing:
    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        if told is not None:
            yield at.fault("应留空")


@dataclass(frozen=True)
class ListOf:
    shape: Shape
    least: int = 0

    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        if not isinstance(told, list):
            yield at.fault("应为一列，每项以 - 开头")
            return
        if len(told) < self.least:
            yield at.fault(f"至少要有 {self.least} 项")
        for place, one in enumerate(told):
            yield from self.shape.faults(one, at / place)


@dataclass(frozen=True)
class MapOf:
    """Free keys that keep `keys`, values of one shape; a few keys may be `named` otherwise."""

    shape: Shape
    keys: Rule = FILLED
    least: int = 0
    named: Mapping[str, Shape] = field(default_factory=dict)

    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        if not isinstance(told, dict):
            yield at.fault("应为 名称: 值 的形式")
            return
        if len(told) < self.least:
            yield at.fault(f"至少要有 {self.least} 项")
        for key, one in told.items():
            if not self.keys.is_right(key):
                yield (at / key).fault(f"这个名称{self.keys.sentence}")
            yield from self.named.get(key, self.shape).faults(one, at / key)


@dataclass(frozen=True)
class Record:
    """Named parts. A part nobody knows is told: it is nearly always a typing error."""

    needed: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)

    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        if not isinstance(told, dict):
            yield at.fault(f"应写明 {'、'.join(self.needed)}")
            return
        if missing := [name for name in self.needed if name not in told]:
            yield at.fault(f"缺少 {'、'.join(missing)}")
        known = {**self.needed, **self.optional}
        for name, one in told.items():
            if name in known:
                yield from known[name].faults(one, at / name)
            else:
                allowed = "、".join(known)
                yield self._unknown(name, allowed, at)

    @staticmethod
    def _unknown(name: str, allowed: str, at: Place) -> Fault:
        return at.document.fault(f"不认识“{name}”，这里可以写：{allowed}", *at.steps, name)
