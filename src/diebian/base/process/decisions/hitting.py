"""Hit policies: which of the rules that fire are heard, and what comes of them.

`Hit.outputs` are worked out only for rules that may be heard.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from diebian.base.process.expressions.operations import operate
from diebian.base.process.expressions.values import Value, before, same

from .refusals import ManyRules


@dataclass(frozen=True, slots=True)
class Hit:
    number: int  # of the rule, from 1
    value: Value
    rank: tuple[int, ...] = ()  # by the order of the output values


Choose = Callable[[Sequence[Hit]], list[Hit]]
Sum = Callable[[list[Value]], Value]
SINGLE = frozenset({"UNIQUE", "ANY", "FIRST", "PRIORITY"})
RANKED = frozenset({"PRIORITY", "OUTPUT ORDER"})


def _unique(hits: Sequence[Hit]) -> list[Hit]:
    if len(hits) > 1:
        raise ManyRules(f"规则 {_numbers(hits)}")
    return list(hits)


def _any(hits: Sequence[Hit]) -> list[Hit]:
    if any(not same(one.value, hits[0].value) for one in hits):
        raise ManyRules(f"规则 {_numbers(hits)}")
    return list(hits)


def _ranked(hits: Sequence[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: hit.rank)


CHOOSE: dict[str, Choose] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": lambda hits: list(hits[:1]),
    "PRIORITY": lambda hits: _ranked(hits)[:1],
    "RULE ORDER": list,
    "OUTPUT ORDER": _ranked,
    "COLLECT": list,
}


def _best(values: list[Value], is_better: Callable[[Value, Value], bool | None]) -> Value:
    if not values or None in values:
        return None
    return reduce(lambda best, one: one if is_better(one, best) else best, values)


def _sum(values: list[Value]) -> Value:
    return reduce(lambda left, right: operate("+", left, right), values) if values else None


AGGREGATE: dict[str, Sum] = {
    "COUNT": lambda values: Decimal(len(values)),
    "SUM": _sum,
    "MIN": lambda values: _best(values, before),
    "MAX": lambda values: _best(values, lambda one, other: before(other, one)),
}


def _numbers(hits: Sequence[Hit]) -> str:
    return "、".join(str(hit.number) for hit in hits)
