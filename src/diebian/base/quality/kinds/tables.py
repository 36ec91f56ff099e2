"""Rules that look beyond a row: at the whole column, or into another table of the lake."""

from collections.abc import Sequence
from typing import Any

from diebian.base.quality.refusals import RuleUnclear

from .kind import NUMBERS, Asked, Input, Judged, Place, Told

COLUMN = Asked("column", "列")
OTHER = Asked("other", "另一张表", Input.OTHER, hint="写归集的代码")


def _comparable(mine: str, theirs: str) -> None:
    """As text with text, number with number: else the database would cast, and stop at a value."""
    groups = [NUMBERS, ("DATE", "TIMESTAMP")]
    alike = mine == theirs or any(mine.startswith(g) and theirs.startswith(g) for g in groups)
    if not alike:
        raise RuleUnclear(f"两边的类型对不上：{mine} 和 {theirs}")


def _other_type(told: Told, name: str, place: Place) -> str:
    place.other_column(told, name)
    return place.other(told).types[str(told[name])]


def _again(columns: Sequence[str], where: str, place: Place) -> str:
    """SQL: another row has the same values in all of these."""
    listed = ", ".join(columns)
    if place.dialect.is_window_quicker:
        return f"count(*) OVER (PARTITION BY {listed}) > 1"
    grouped = f"WHERE {where} GROUP BY {listed} HAVING count(*) > 1"
    return f"({listed}) IN (SELECT {listed} FROM {place.name_of(place.table)} {grouped})"


class Unique:
    slug, title = "unique", "不重复"
    says = "一列，或几列合起来，没有两行相同；相同的每一行都算"
    asks = (Asked("columns", "列", Input.COLUMNS, hint="几列合起来看就写几个，用逗号隔开"),)

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        given = told.get("columns", [])
        names = given.replace("，", ",").split(",") if isinstance(given, str) else given
        columns = [place.known(str(one).strip()) for one in names if str(one).strip()]
        if not columns or len(set(columns)) < len(columns):
            raise RuleUnclear("请写明哪一列或哪几列不能重复，每列写一次")
        return {"columns": columns}

    def words(self, told: Told) -> str:
        together = "合起来" if len(told["columns"]) > 1 else ""
        return f"“{'、'.join(told['columns'])}”{together}没有重复"

    def judged(self, told: Told, place: Place) -> Judged:
        columns = [place.quoted(place.known(one)) for one in told["columns"]]
        applies = " AND ".join(f"{one} IS NOT NULL" for one in columns)
        again = _again(columns, applies, place)
        return Judged(again, tuple(told["columns"]), applies)


def _is_missing(value: str, there: str) -> str:
    """Neither side is empty here. `NOT IN` would have Spark look for that, row against row."""
    return f"({value} IN ({there})) IS NOT TRUE"


class Reference:
    slug, title = "reference", "引用"
    says = "值在另一张表的一列里找得到"
    asks = (COLUMN, OTHER, Asked("other_column", "那张表的列", Input.OTHER_COLUMN))

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        _comparable(place.type_of(told), _other_type(told, "other_column", place))
        return {name: str(told[name]) for name in ("column", "other", "other_column")}

    def words(self, told: Told) -> str:
        return f"“{told['column']}”在《{told['other_title']}》的“{told['other_column']}”里找得到"

    def judged(self, told: Told, place: Place) -> Judged:
        theirs, applies = place.other_column(told, "other_column"), place.filled(told)
        there = (
            f"SELECT {theirs} FROM {place.name_of(place.other(told))} WHERE {theirs} IS NOT NULL"
        )
        wrong = _is_missing(place.column(told), there)
        return Judged(wrong, (told["column"],), applies)


class Agrees:
    slug, title = "agrees", "两表一致"
    says = "同一个人或同一件事，在另一张表里写的也是这样；那边没有的不算"
    asks = (
        Asked("by", "凭哪一列对上"),
        COLUMN,
        OTHER,
        Asked("other_by", "那张表凭哪一列", Input.OTHER_COLUMN),
        Asked("other_column", "应当相同的列", Input.OTHER_COLUMN),
    )

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        _comparable(place.type_of(told), _other_type(told, "other_column", place))
        _comparable(place.type_of(told, "by"), _other_type(told, "other_by", place))
        names = ("by", "column", "other", "other_by", "other_column")
        return {name: str(told[name]) for name in names}

    def words(self, told: Told) -> str:
        return (
            f"“{told['column']}”和《{told['other_title']}》的“{told['other_column']}”一致"
            f"（凭“{told['by']}”对上）"
        )

    def judged(self, told: Told, place: Place) -> Judged:
        key, mine = place.column(told, "by"), place.column(told)
        by, theirs = place.other_column(told, "other_by"), place.other_column(told, "other_column")
        there = place.name_of(place.other(told))
        where = f"FROM {there} WHERE {by} IS NOT NULL AND {theirs} IS NOT NULL"
        both = f"{place.filled(told)} AND {place.filled(told, 'by')}"
        applies = f"{both} AND {key} IN (SELECT {by} {where})"
        wrong = _is_missing(f"({key}, {mine})", f"SELECT {by}, {theirs} {where}")
        return Judged(wrong, (told["by"], told["column"]), applies)
