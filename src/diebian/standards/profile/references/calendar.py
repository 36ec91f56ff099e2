"""The working calendar: whole years, each day once, words that agree."""

from collections.abc import Iterator
from datetime import date, timedelta

from diebian.standards.profile.columns import WORKING_KINDS
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed
from diebian.standards.profile.tables import Row, Table
from diebian.standards.profile.words import DAY

SHOWN = 3


def faults(told: Parsed) -> Iterator[Fault]:
    seen: dict[date, str] = {}
    for table in told.holidays():
        for line, row in table:
            if DAY.is_right(row["date"]):
                yield from _day(table, line, row, seen)
    for year in sorted({day.year for day in seen}):
        days = (date(year, 1, 1) + timedelta(days=place) for place in range(366))
        absent = [day for day in days if day.year == year and day not in seen]
        if absent:
            some = "、".join(str(day) for day in absent[:SHOWN])
            file = next(name for day, name in seen.items() if day.year == year)
            yield Fault(file, 1, f"{year} 年缺 {len(absent)} 天：{some} 等，日历要整年")


def _day(table: Table, line: int, row: Row, seen: dict[date, str]) -> Iterator[Fault]:
    day = date.fromisoformat(row["date"])
    if day in seen and seen[day] != table.file:
        yield table.fault(line, f"{day} 在 {seen[day]} 里已有")
    seen.setdefault(day, table.file)
    if str(day.isoweekday()) != row["iso_weekday"]:
        yield table.fault(line, f"{day} 是星期 {day.isoweekday()}，写的是 {row['iso_weekday']}")
    if (row["kind"] in WORKING_KINDS) != (row["is_workday"] == "1"):
        yield table.fault(line, f"kind 是 {row['kind']}，与 is_workday {row['is_workday']} 不符")
