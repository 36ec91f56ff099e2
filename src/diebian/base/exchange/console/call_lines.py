"""Calls by interface, by caller, by providing department: counted, and how long they took."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from diebian.base.exchange.metering.asked_calls import Question

SLOWEST, OF = 95, 100  # so many of the calls were no slower
Key = Callable[[str, str], str]  # of route and system


@dataclass(frozen=True)
class Heap:
    """Calls of one route by one system that ended alike and took equally long."""

    route: str
    system: str
    outcome: str
    milliseconds: int
    calls: int
    last: datetime


@dataclass(frozen=True)
class Line:
    """One interface, one caller, or one department that provides."""

    name: str
    calls: int
    answered: int
    troubled: int
    p95: int  # milliseconds
    last: datetime
    query: str
    answered_query: str
    troubled_query: str


@dataclass
class _Sum:
    last: datetime
    answered: int = 0
    times: Counter[int] = field(default_factory=Counter)

    def add(self, heap: Heap) -> None:
        self.times[heap.milliseconds] += heap.calls
        self.last = max(self.last, heap.last)
        if heap.outcome == "answered":
            self.answered += heap.calls

    @property
    def calls(self) -> int:
        return self.times.total()

    @property
    def p95(self) -> int:
        """The least time that 95 of 100 calls did not exceed."""
        passed, wanted = 0, self.calls * SLOWEST
        for milliseconds in sorted(self.times):
            passed += self.times[milliseconds]
            if passed * OF >= wanted:
                return milliseconds
        return 0


def lines_by(
    word: str, key: Key, names: Mapping[str, str], heaps: Iterable[Heap], question: Question
) -> list[Line]:
    """`word`: what the question calls it; the most called first."""
    sums: dict[str, _Sum] = {}
    for heap in heaps:
        of = key(heap.route, heap.system)
        if of not in sums:
            sums[of] = _Sum(heap.last)
        sums[of].add(heap)
    told = [
        Line(
            name=names.get(of, of) or "没有表明",
            calls=one.calls,
            answered=one.answered,
            troubled=one.calls - one.answered,
            p95=one.p95,
            last=one.last,
            query=question.query(**{word: of}),
            answered_query=question.query(**{word: of, "outcome": "answered"}),
            troubled_query=question.query(**{word: of, "outcome": "troubled"}),
        )
        for of, one in sorted(sums.items())
    ]
    return sorted(told, key=lambda line: -line.calls)
