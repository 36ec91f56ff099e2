"""One or two pictures that fit a table, chosen by the types of its columns.

A column of time: a line over time. A column of few different texts: a bar for each. Else, numbers:
how they are spread. Where there is a column of amounts, its mean is drawn, or its sum where it was
declared to add up; else rows are counted.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from diebian.base.lake.public import quoted

from .reading import RELEASED

MOST_PLOTS = 2
MOST_BARS, FEWEST_BARS, MOST_TEXTS = 12, 2, 60
MOST_POINTS, FEWEST_POINTS = 60, 3
STEPS = 10
CODES = ("编码", "编号", "代码", "经度", "纬度")  # numbers that measure nothing
REST = "其余"
PERIODS = ("day", "month", "year")  # the finest that still fits
FORMS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


@dataclass(frozen=True)
class Column:
    """`kind`: text, number, time (a date or moment), period (text or year that sorts by time)."""

    title: str
    kind: str
    is_summed: bool = False


@dataclass(frozen=True)
class Point:
    label: str
    value: float
    rows: int


@dataclass(frozen=True)
class Plot:
    kind: str  # line, bars, spread
    title: str
    measure: str  # what `value` is
    points: Sequence[Point]


def plots_of(duck: Any, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """As data that PostgreSQL keeps."""
    amounts = sorted(filter(_is_amount, columns), key=lambda one: not one.is_summed)
    amount = amounts[0] if amounts else None
    found = [plot for plot in (_line(duck, columns, amount), _bars(duck, columns, amount)) if plot]
    if len(found) < MOST_PLOTS and amount:
        spread = _spread(duck, amount)
        found += [spread] if spread else []
    return [asdict(plot) for plot in found]


def _is_amount(column: Column) -> bool:
    is_code = any(word in column.title for word in CODES)
    return column.kind == "number" and (column.is_summed or not is_code)


def _line(duck: Any, columns: Sequence[Column], amount: Column | None) -> Plot | None:
    for column in columns:
        if column.kind not in {"time", "period"}:
            continue
        for label in _periods(column):
            points = _points(duck, label, amount, "1")
            if FEWEST_POINTS <= len(points) <= MOST_POINTS:
                title = f"{_what(amount)}：按“{column.title}”"
                return Plot("line", title, _measure(amount), points)
    return None


def _periods(column: Column) -> list[str]:
    if column.kind == "period":
        return [f"CAST({quoted(column.title)} AS VARCHAR)"]
    return [f"strftime({quoted(column.title)}, '{FORMS[period]}')" for period in PERIODS]


def _bars(duck: Any, columns: Sequence[Column], amount: Column | None) -> Plot | None:
    """The column with the most different texts that can still be told apart."""
    best: tuple[int, Column] | None = None
    for column in columns:
        if column.kind != "text":
            continue
        count = _number(duck, f"count(DISTINCT {quoted(column.title)})")
        fits = FEWEST_BARS <= count <= MOST_TEXTS and _number(duck, "count(*)") >= 2 * count
        if fits and (best is None or _nearness(count) < _nearness(best[0])):
            best = count, column
    if best is None:
        return None
    column = best[1]
    label = f"CAST({quoted(column.title)} AS VARCHAR)"
    points = _points(duck, label, amount, "2 DESC, 1")
    if len(points) > MOST_BARS:
        points = [*points[: MOST_BARS - 1], _rest(points[MOST_BARS - 1 :], amount)]
    return Plot("bars", f"{_what(amount)}：按“{column.title}”", _measure(amount), points)


def _nearness(count: int) -> int:
    """A handful is read best."""
    return abs(count - 7)


def _rest(points: Sequence[Point], amount: Column | None) -> Point:
    rows = sum(one.rows for one in points)
    if amount is None:
        return Point(REST, rows, rows)
    if amount.is_summed:
        total = sum(one.value for one in points)
        return Point(f"{REST} {len(points)} 项", round(total, 4), rows)
    mean = sum(one.value * one.rows for one in points) / rows
    return Point(f"{REST} {len(points)} 项", round(mean, 4), rows)


def _spread(duck: Any, amount: Column) -> Plot | None:
    name = f"CAST({quoted(amount.title)} AS DOUBLE)"
    low, high = duck.execute(f"SELECT min({name}), max({name}) FROM {RELEASED}").fetchone()  # noqa: S608
    if low is None or high <= low:
        return None
    step = (high - low) / STEPS
    place = f"least(floor(({name} - {low!r}) / {step!r}), {STEPS - 1})"
    asked = f"SELECT {place}, count(*) FROM {RELEASED} WHERE {name} IS NOT NULL GROUP BY 1"  # noqa: S608
    found = {int(at): int(rows) for at, rows in duck.execute(asked).fetchall()}
    points = [
        Point(f"{low + at * step:.4g} 到 {low + (at + 1) * step:.4g}", found.get(at, 0),
              found.get(at, 0))
        for at in range(STEPS)
    ]  # fmt: skip
    return Plot("spread", f"“{amount.title}”怎样分布", "行数", points)


def _points(duck: Any, label: str, amount: Column | None, order: str) -> list[Point]:
    value = "count(*)" if amount is None else _aggregate(amount)
    where = f"{label} IS NOT NULL" + (
        "" if amount is None else f" AND {quoted(amount.title)} IS NOT NULL"
    )
    asked = (
        f"SELECT {label}, {value}, count(*) FROM {RELEASED} WHERE {where} "  # noqa: S608
        f"GROUP BY 1 ORDER BY {order} LIMIT {MOST_TEXTS + 1}"
    )
    return [Point(str(told), round(float(value), 4), int(rows))
            for told, value, rows in duck.execute(asked).fetchall()]  # fmt: skip


def _number(duck: Any, what: str) -> int:
    return int(duck.execute(f"SELECT {what} FROM {RELEASED}").fetchone()[0])  # noqa: S608


def _aggregate(amount: Column) -> str:
    return f"{'sum' if amount.is_summed else 'avg'}({quoted(amount.title)})"


def _what(amount: Column | None) -> str:
    if amount is None:
        return "有多少行"
    return f"“{amount.title}”的{'合计' if amount.is_summed else '平均值'}"


def _measure(amount: Column | None) -> str:
    if amount is None:
        return "行数"
    return f"{amount.title}（{'合计' if amount.is_summed else '平均'}）"
