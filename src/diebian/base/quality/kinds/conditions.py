"""Conditions between columns of a row, and whether a table is as fresh as was promised."""

from typing import Any

from diebian.base.quality.refusals import RuleUnclear
from diebian.standards.freshness import ALLOWED

from .kind import MOMENTS, Asked, Input, Judged, Place, Told, fitting
from .tables import _comparable

RELATIONS = {
    "is": ("等于", "="),
    "is_not": ("不等于", "<>"),
    "below": ("小于", "<"),
    "at_most": ("不大于", "<="),
    "at_least": ("不小于", ">="),
    "above": ("大于", ">"),
    "filled": ("有值", "IS NOT NULL"),
    "empty": ("是空的", "IS NULL"),
}
ALONE = {"filled", "empty"}


class Condition:
    slug, title = "condition", "列之间的条件"
    says = "一列和另一列，或和一个值，有一定的关系；可以只在某个条件下看"
    asks = (
        Asked("column", "列"),
        Asked("relation", "关系", Input.RELATION),
        Asked("with_column", "和哪一列比", is_needed=False, hint="和一个值比就不选，在下面写"),
        Asked("value", "或和这个值比", Input.TEXT, is_needed=False),
        Asked("when_column", "只看这样的行：列", is_needed=False, hint="都看就不选"),
        Asked("when_relation", "只看这样的行：关系", Input.RELATION, is_needed=False),
        Asked("when_value", "只看这样的行：值", Input.TEXT, is_needed=False),
    )

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        kept = _half(told, "", place)
        if str(told.get("when_column", "")):
            kept |= _half(told, "when_", place)
        return kept

    def words(self, told: Told) -> str:
        when = f"{_half_words(told, 'when_')}时，" if "when_column" in told else ""
        return f"{when}{_half_words(told, '')}"

    def judged(self, told: Told, place: Place) -> Judged:
        sides = ("column", "with_column", "when_column")
        shown = dict.fromkeys(str(told[name]) for name in sides if name in told)
        asked = [_half_sql(told, "when_", place)] if "when_column" in told else []
        if told["relation"] not in ALONE:
            asked += [place.filled(told, name) for name in sides[:2] if name in told]
        wrong = f"NOT ({_half_sql(told, '', place)})"
        return Judged(wrong, tuple(shown), " AND ".join(asked))


def _half(told: Told, of: str, place: Place) -> dict[str, Any]:
    type_, relation = place.type_of(told, f"{of}column"), str(told.get(f"{of}relation", ""))
    if relation not in RELATIONS:
        raise RuleUnclear("请选一个关系")
    kept = {f"{of}column": told[f"{of}column"], f"{of}relation": relation}
    other, value = str(told.get("with_column", "")), str(told.get(f"{of}value", "")).strip()
    if relation in ALONE:
        return kept
    if other and not of:
        _comparable(type_, place.type_of(told, "with_column"))
        return kept | {"with_column": other}
    if not value:
        raise RuleUnclear("请选和哪一列比，或写一个值")
    return kept | {f"{of}value": fitting(value, type_, "值")}


def _half_words(told: Told, of: str) -> str:
    relation = RELATIONS[told[f"{of}relation"]][0]
    other = f"“{told['with_column']}”" if not of and "with_column" in told else ""
    return f"“{told[f'{of}column']}”{relation}{other or told.get(f'{of}value', '')}"


def _half_sql(told: Told, of: str, place: Place) -> str:
    name, relation = f"{of}column", told[f"{of}relation"]
    column, sign = place.column(told, name), RELATIONS[relation][1]
    if relation in ALONE:
        filled = f"({place.filled(told, name)}) IS TRUE"
        return filled if relation == "filled" else f"NOT {filled}"
    if not of and "with_column" in told:
        return f"{column} {sign} {place.column(told, 'with_column')}"
    return f"{column} {sign} {place.value_of(told[f'{of}value'], place.type_of(told, name))}"


class Timely:
    """Not of a row but of the table: `newest` of the promised cycle, judged by `is_late`."""

    slug, title = "timely", "按期更新"
    says = "最近一次归集，或某个日期列里最新的一天，没有超过目录写明的更新周期"
    asks = (Asked("column", "看哪个日期列", is_needed=False, hint="不选就看最近一次归集"),)

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        if place.table.update_cycle not in ALLOWED:
            raise RuleUnclear("这张表没有挂到目录，或目录写的是不定期更新，没有周期可对照")
        if not str(told.get("column", "")):
            return {}
        if place.type_of(told) not in MOMENTS:
            raise RuleUnclear("请选一个日期列")
        return {"column": told["column"]}

    def words(self, told: Told) -> str:
        of = f"“{told['column']}”里最新的一天" if "column" in told else "最近一次归集"
        return f"{of}没有超过更新周期"

    def judged(self, told: Told, place: Place) -> Judged:
        raise NotImplementedError("a table is judged, not a row")
