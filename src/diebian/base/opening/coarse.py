"""How a column is told, in SQL. Names are quoted; people choose one of `How`, or a number."""

from collections.abc import Iterable, Mapping

from diebian.base.lake.public import literal, quoted

from .columns import How, OpenColumn

ELSEWHERE = "其他"


def told_as(column: OpenColumn, counties: Mapping[str, str]) -> str:
    """An expression over the table's row. `counties`: six digits to name."""
    name = quoted(column.name)
    moment = f"TRY_CAST({name} AS TIMESTAMP)"
    return {
        How.AS_IS: name,
        How.MONTH: f"strftime({moment}, '%Y-%m')",
        How.QUARTER: f"(year({moment}) || '-Q' || quarter({moment}))",
        How.YEAR: f"CAST(year({moment}) AS BIGINT)",
        How.COUNTY: _county(name, counties),
        How.FIRST: f"left({name}, {int(column.width)})",
        How.BAND: f"CAST(floor({name} / {int(column.width) or 1}) * {int(column.width)} AS BIGINT)",
    }[column.how]


def selected(columns: Iterable[OpenColumn], counties: Mapping[str, str]) -> str:
    """The list after SELECT: each under the name that the public reads."""
    return ", ".join(f"{told_as(one, counties)} AS {quoted(one.title)}" for one in columns)


def _county(name: str, counties: Mapping[str, str]) -> str:
    """By the digits an area code begins with, or by the county's name anywhere in an address."""
    text = f"CAST({name} AS VARCHAR)"
    found = " ".join(
        f"WHEN starts_with({text}, {literal(code)}) OR contains({text}, {literal(county)}) "
        f"THEN {literal(county)}"
        for code, county in counties.items()
    )
    otherwise = f"CASE WHEN {name} IS NULL THEN NULL ELSE {literal(ELSEWHERE)} END"
    return f"CASE {found} ELSE {otherwise} END" if found else otherwise
