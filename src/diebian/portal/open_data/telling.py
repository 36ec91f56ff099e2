"""What is said of a dataset in words: its columns, and how to quote it."""

from collections.abc import Mapping
from dataclasses import dataclass

from diebian.base.opening.public import Open
from diebian.kernel import clock

KINDS: Mapping[str, str] = {"text": "文字", "number": "数", "time": "日期或时间", "period": "时段"}


@dataclass(frozen=True)
class ColumnLine:
    name: str
    kind: str
    meaning: str
    filled: str  # how many rows say something here


def column_lines(one: Open) -> list[ColumnLine]:
    release = one.release
    if release is None:
        return []
    return [
        ColumnLine(
            column["name"],
            KINDS[column["kind"]],
            column["meaning"],
            _share(release.profile[column["name"]]["filled"], release.rows),
        )
        for column in release.columns
    ]


def known_columns(one: Open) -> list[str]:
    """By which others might know somebody again: counted before they were opened."""
    told = one.release.columns if one.release else []
    return [f"“{column['name']}”" for column in told if column["is_known"]]


def citation(one: Open, address: str) -> str:
    """As GB/T 7714-2015 writes a data set on line: [DS/OL]."""
    if one.release is None:
        return ""
    made = one.release.made_at.astimezone(clock.CITY_TIME)
    return (f"{one.provider}. {one.title}[DS/OL]. 第 {one.release.number} 批. "
            f"({made:%Y-%m-%d})[{clock.today():%Y-%m-%d}]. {address}.")  # fmt: skip


def _share(filled: int, rows: int) -> str:
    if not rows:
        return "没有行"
    return "全部" if filled == rows else f"{filled / rows:.1%}"
