"""Functions over lists, and `not`."""

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key, reduce

from diebian.base.process.expressions.operations import operate
from diebian.base.process.expressions.refusals import Mistake, TooMuch
from diebian.base.process.expressions.values import (
    DECIMALS,
    Function,
    Value,
    before,
    bounded,
    kind_of,
    negated,
    same,
)  # fmt: skip

from .registry import feel

MOST_COMPARED = 200


@feel("not", "negand:any")
def not_(value: Value) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise Mistake("“not”只能用于是否")
    return negated(value)


@feel("list contains", "list:list, element:any")
def list_contains(items: list[Value], element: Value) -> bool:
    return any(same(one, element) for one in items)


@feel("count", "list:list", is_variadic=True)
def count(items: list[Value]) -> Decimal:
    return Decimal(len(items))


@feel("min", "list:list", is_variadic=True)
def minimum(items: list[Value]) -> Value:
    return _best(items, before)


@feel("max", "list:list", is_variadic=True)
def maximum(items: list[Value]) -> Value:
    return _best(items, lambda one, other: before(other, one))


def _best(items: list[Value], is_better: Callable[[Value, Value], bool | None]) -> Value:
    if not items or any(one is None for one in items):
        return None
    return reduce(lambda best, one: one if is_better(one, best) else best, items)


@feel("sum", "list:list", is_variadic=True)
def total(items: list[Value]) -> Value:
    return reduce(lambda left, right: operate("+", left, right), _numbers(items)) if items else None


@feel("product", "list:list", is_variadic=True)
def product(items: list[Value]) -> Value:
    return reduce(lambda left, right: operate("*", left, right), _numbers(items)) if items else None


@feel("mean", "list:list", is_variadic=True)
def mean(items: list[Value]) -> Value:
    return operate("/", total(items), Decimal(len(items))) if items else None


@feel("median", "list:list", is_variadic=True)
def median(items: list[Value]) -> Value:
    told = sorted(_numbers(items))
    if not told:
        return None
    middle = len(told) // 2
    return told[middle] if len(told) % 2 else mean(told[middle - 1 : middle + 1])


@feel("mode", "list:list", is_variadic=True)
def mode(items: list[Value]) -> list[Value]:
    counts: dict[Decimal, int] = {}
    for one in _numbers(items):
        counts[one] = counts.get(one, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(one for one, often in counts.items() if often == most)


@feel("stddev", "list:list", is_variadic=True)
def stddev(items: list[Value]) -> Value:
    told = _numbers(items)
    if len(told) < 2:  # noqa: PLR2004 - one value does not deviate
        raise Mistake("标准差至少要两个数")
    middle = mean(told)
    squares = [operate("**", operate("-", one, middle), Decimal(2)) for one in told]
    return DECIMALS.sqrt(operate("/", total(squares), Decimal(len(told) - 1)))


def _numbers(items: list[Value]) -> list[Decimal]:
    if not all(isinstance(one, Decimal) for one in items):
        if items and len({kind_of(one) for one in items}) == 1 and "duration" in kind_of(items[0]):
            return items
        raise Mistake("只能计算数字")
    return items


@feel("all", "list:list", is_variadic=True)
def all_(items: list[Value]) -> bool | None:
    return _judged(items, decides=False)


@feel("any", "list:list", is_variadic=True)
def any_(items: list[Value]) -> bool | None:
    return _judged(items, decides=True)


def _judged(items: list[Value], *, decides: bool) -> bool | None:
    if any(one is decides for one in items):
        return decides
    if any(one is not None and not isinstance(one, bool) for one in items):
        raise Mistake("只能用于是否")
    return None if None in items else not decides


@feel("sublist", "list:list, start position:number, length?:number")
def sublist(items: list[Value], start: Decimal, length: Decimal | None) -> list[Value]:
    begun = _place(items, start)
    end = len(items) if length is None else begun + min(int(length), len(items))
    if (length is not None and length < 1) or end > len(items):
        raise Mistake("截取的长度超出列表")
    return items[begun:end]


@feel("append", "list:list, item*:any")
def append(items: list[Value], more: list[Value]) -> list[Value]:
    return [*items, *more]


@feel("concatenate", "list:list", is_variadic=True)
def concatenate(lists: list[Value]) -> list[Value]:
    parts = (one if isinstance(one, list) else [one] for one in lists)
    return [one for part in parts for one in part]


@feel("union", "list:list", is_variadic=True)
def union(lists: list[Value]) -> list[Value]:
    return distinct_values(concatenate(lists))


@feel("distinct values", "list:list")
def distinct_values(items: list[Value]) -> list[Value]:
    """Numbers and texts by their hash; each of the others is compared with all that were kept."""
    told: list[Value] = []
    seen: set[tuple[str, Value]] = set()
    others: list[Value] = []
    for one in items:
        if isinstance(one, str | Decimal):
            if (key := (kind_of(one), one)) not in seen:
                seen.add(key)
                told.append(one)
        elif not any(same(one, other) for other in others):
            others.append(one)
            told.append(one)
            if len(others) > MOST_COMPARED:
                raise TooMuch(f"去重的列表多于 {MOST_COMPARED} 项")
    return told


@feel("flatten", "list:list")
def flatten(items: list[Value]) -> list[Value]:
    told: list[Value] = []
    waiting = list(reversed(bounded(items)))
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one))
        else:
            told.append(one)
    return told


@feel("reverse", "list:list")
def reverse(items: list[Value]) -> list[Value]:
    return items[::-1]


@feel("index of", "list:list, match:any")
def index_of(items: list[Value], match: Value) -> list[Value]:
    return [Decimal(place) for place, one in enumerate(items, 1) if same(one, match)]


@feel("insert before", "list:list, position:number, newItem:any")
def insert_before(items: list[Value], position: Decimal, item: Value) -> list[Value]:
    place = _place(items, position)
    return [*items[:place], item, *items[place:]]


@feel("remove", "list:list, position:number")
def remove(items: list[Value], position: Decimal) -> list[Value]:
    place = _place(items, position)
    return [*items[:place], *items[place + 1 :]]


@feel("list replace", "list:list, position:number, newItem:any")
def list_replace(items: list[Value], position: Decimal, item: Value) -> list[Value]:
    place = _place(items, position)
    return [*items[:place], item, *items[place + 1 :]]


@feel("list replace", "list:list, match:function, newItem:any")
def list_replace_where(items: list[Value], match: Function, item: Value) -> list[Value]:
    answers = [_asked(match, one, item) for one in items]
    return [item if answer else one for one, answer in zip(items, answers, strict=True)]


@feel("sort", "list:list, precedes?:function")
def sort(items: list[Value], precedes: Function | None) -> list[Value]:
    if precedes is None:
        return sorted(items, key=cmp_to_key(lambda one, other: -1 if before(one, other) else 1))
    return sorted(
        items, key=cmp_to_key(lambda one, other: -1 if _asked(precedes, one, other) else 1)
    )


def _asked(function: Function, *values: Value) -> bool:
    answer = function.run(values)
    if not isinstance(answer, bool):
        raise Mistake("用来判断的函数没有回答是否")
    return answer


def _place(items: list[Value], position: Decimal) -> int:
    """Counted from 1, from the end below zero."""
    whole = int(position)
    if not whole or abs(whole) > len(items):
        raise Mistake("列表里没有这个位置")
    return whole - 1 if whole > 0 else len(items) + whole
