"""for, some, every, and filters: what walks through lists."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from .functions.registry import MOST_ITEMS
from .naming import free_names
from .refusals import Mistake, TooMuch
from .scope import Compiles, Run, Scope
from .tree import Filter, For, Iteration, Literal, Negative, Quantified
from .values import Range, Value, before

Over = Callable[[Scope], list[Value]]
DAY = timedelta(days=1)


def compiled_for(compiler: Compiles, node: For) -> Run:
    walks = _walks(compiler, node.iterations)
    body = compiler.compile(node.body)

    def run(scope: Scope) -> Value:
        told: list[Value] = []
        for inner in _scopes(scope, walks):
            if is_partial:
                inner["partial"] = list(told)
            told.append(body(inner))
            if len(told) > MOST_ITEMS:
                raise TooMuch(f"列表多于 {MOST_ITEMS} 项")
        return told

    is_partial = "partial" in free_names(node.body)
    return compiler.guarded(run, node)


def compiled_quantified(compiler: Compiles, node: Quantified) -> Run:
    walks = _walks(compiler, node.iterations)
    condition = compiler.compile(node.condition)
    decides = not node.is_every

    def run(scope: Scope) -> Value:
        answers = [condition(inner) for inner in _scopes(scope, walks)]
        if any(one is not None and not isinstance(one, bool) for one in answers):
            raise Mistake("条件的结果应当是“是”或“否”")
        if decides in answers:
            return decides
        return None if None in answers else not decides

    return compiler.guarded(run, node)


def compiled_filter(compiler: Compiles, node: Filter) -> Run:
    of, by = compiler.compile(node.of), compiler.compile(node.by)
    index = node.by.of if isinstance(node.by, Negative) else node.by
    is_index = isinstance(index, Literal) and isinstance(index.value, Decimal)

    def run(scope: Scope) -> Value:
        items = of(scope)
        if items is None:
            return None
        if not isinstance(items, list):
            items = [items]
        if is_index:
            return _item(items, by(scope))
        return _kept(items, by, scope)

    return compiler.guarded(run, node)


def _kept(items: list[Value], by: Run, scope: Scope) -> Value:
    told: list[Value] = []
    for one in items:
        scope.work.spend()
        inner = scope.inner({"item": one})
        if isinstance(one, dict):
            inner.update(one)
        answer = by(inner)
        if isinstance(answer, Decimal):
            return _item(items, answer)
        if answer is True:
            told.append(one)
        elif answer is not None and not isinstance(answer, bool):
            raise Mistake("筛选条件的结果应当是“是”或“否”，或一个位置")
    return told


def _item(items: list[Value], place: Decimal) -> Value:
    """Counted from 1, from the end below zero; null where there is none."""
    if place != place.to_integral_value() or not 0 < abs(place) <= len(items):
        return None
    return items[int(place) - 1 if place > 0 else int(place)]


def _walks(compiler: Compiles, iterations: tuple[Iteration, ...]) -> list[tuple[str, Over]]:
    return [(one.name, _over(compiler, one)) for one in iterations]


def _over(compiler: Compiles, one: Iteration) -> Over:
    over = compiler.compile(one.over)
    to = compiler.compile(one.to) if one.to else None

    def items(scope: Scope) -> list[Value]:
        begun = over(scope)
        if to is not None:
            return _span(begun, to(scope))
        if isinstance(begun, Range):
            if not (begun.has_low and begun.has_high):
                raise Mistake("只能走过两端都包含的区间")
            if before(begun.high, begun.low):
                raise Mistake("区间的终点在起点之前")
            return _span(begun.low, begun.high)
        if begun is None:
            raise Mistake("没有可以走过的列表")
        return begun if isinstance(begun, list) else [begun]

    return items


def _scopes(scope: Scope, walks: list[tuple[str, Over]]) -> Iterator[Scope]:
    (name, over), rest = walks[0], walks[1:]
    for one in over(scope):
        scope.work.spend()
        inner = scope.inner({name: one})
        if rest:
            yield from _scopes(inner, rest)
        else:
            yield inner


def _span(begun: Value, ended: Value) -> list[Value]:
    if isinstance(begun, Decimal) and isinstance(ended, Decimal):
        if begun != begun.to_integral_value() or ended != ended.to_integral_value():
            raise Mistake("只能走过整数")
        return _steps(begun, ended, int(ended - begun), Decimal(1))
    if type(begun) is date and type(ended) is date:
        return _steps(begun, ended, (ended - begun).days, DAY)
    raise Mistake("只能走过整数或日期的区间")


def _steps(begun: Value, ended: Value, count: int, step: Value) -> list[Value]:
    """Downwards where the end lies below the beginning."""
    if abs(count) >= MOST_ITEMS:
        raise TooMuch(f"列表多于 {MOST_ITEMS} 项")
    way = 1 if count >= 0 else -1
    told = [begun + step * (place * way) for place in range(abs(count))]
    return [*told, ended]
