"""Rules about the value of one column."""

import re
from typing import Any

from diebian.base.quality.refusals import RuleUnclear

from .kind import Asked, Input, Judged, Place, Told, fitting, text_of

COLUMN = Asked("column", "列")
MOST_CODES = 500
UNSUPPORTED = re.compile(r"\(\?|\\[1-9]")  # DuckDB's expressions know neither looking around
MOST_LENGTH = 100_000


def bounds(told: Told) -> tuple[str, str]:
    least, most = (str(told.get(name, "")).strip() for name in ("least", "most"))
    if not least and not most:
        raise RuleUnclear("最小和最大至少写一个")
    return least, most


def _between(told: Told) -> str:
    least, most = told.get("least", ""), told.get("most", "")
    if least and most:
        return f"在 {least} 到 {most} 之间"
    return f"不小于 {least}" if least else f"不大于 {most}"


class Filled:
    slug, title = "filled", "不能空"
    says = "每一行都要有值"
    asks = (COLUMN,)

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        return {"column": place.known(str(told.get("column", "")))}

    def words(self, told: Told) -> str:
        return f"“{told['column']}”不是空的"

    def judged(self, told: Told, place: Place) -> Judged:
        column = place.column(told)
        is_text = place.type_of(told) == "VARCHAR"
        # `trim` makes a new text of each: only of those that begin with a space
        starts, spaces = f"{column} LIKE ' %'", f"trim({column}) = ''"
        blank = f"CASE WHEN {starts} THEN {spaces} ELSE {column} = '' END"
        wrong = f"{column} IS NULL OR {blank}" if is_text else f"{column} IS NULL"
        return Judged(wrong, ())


class Range:
    slug, title = "range", "范围"
    says = "数或日期在最小和最大之间"
    asks = (
        COLUMN,
        Asked("least", "最小", Input.TEXT, is_needed=False, hint="数，或 2026-01-01 这样的日期"),
        Asked("most", "最大", Input.TEXT, is_needed=False),
    )

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        type_, (least, most) = place.type_of(told), bounds(told)
        if type_ in {"VARCHAR", "BLOB", "BOOLEAN"}:
            raise RuleUnclear("这一列不是数也不是日期，请改用长度、格式或代码表")
        kept = {"column": told["column"]}
        kept |= {"least": fitting(least, type_, "最小")} if least else {}
        return kept | ({"most": fitting(most, type_, "最大")} if most else {})

    def words(self, told: Told) -> str:
        return f"“{told['column']}”{_between(told)}"

    def judged(self, told: Told, place: Place) -> Judged:
        column, type_ = place.column(told), place.type_of(told)
        wrong = [
            f"{column} {sign} {place.value_of(told[name], type_)}"
            for name, sign in (("least", "<"), ("most", ">"))
            if name in told
        ]
        return Judged(" OR ".join(wrong), (told["column"],))


class Length:
    slug, title = "length", "长度"
    says = "文字的字数在最少和最多之间"
    asks = (
        COLUMN,
        Asked("least", "最少几个字", Input.TEXT, is_needed=False),
        Asked("most", "最多几个字", Input.TEXT, is_needed=False),
    )

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        least, most = bounds(told)
        for one in filter(None, (least, most)):
            if not (one.isascii() and one.isdigit() and int(one) <= MOST_LENGTH):
                raise RuleUnclear("字数应是数字")
        kept = {"column": place.known(str(told.get("column", "")))}
        kept |= {"least": least} if least else {}
        return kept | ({"most": most} if most else {})

    def words(self, told: Told) -> str:
        return f"“{told['column']}”的字数{_between(told)}"

    def judged(self, told: Told, place: Place) -> Judged:
        length, applies = f"length({place.text(told)})", place.filled(told)
        wrong = [
            f"{length} {sign} {int(told[name])}"
            for name, sign in (("least", "<"), ("most", ">"))
            if name in told
        ]
        return Judged(" OR ".join(wrong), (told["column"],), applies)


class Pattern:
    slug, title = "pattern", "格式"
    says = "整个值符合一个正则表达式"
    asks = (
        COLUMN,
        Asked("pattern", "正则表达式", Input.TEXT, hint="整个值都要符合，例：1[0-9]{10}"),
        Asked("says", "用一句话说明", Input.TEXT, hint="例：11 位手机号码"),
    )

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        pattern = text_of(told, "pattern", "正则表达式")
        try:
            re.compile(pattern)
        except re.error as error:
            raise RuleUnclear(f"正则表达式写得不对：{error}") from error
        if UNSUPPORTED.search(pattern):
            raise RuleUnclear("正则表达式里不能用 (?…) 和 \\1 这样的写法")
        column = place.known(str(told.get("column", "")))
        return {"column": column, "pattern": pattern, "says": text_of(told, "says", "说明")}

    def words(self, told: Told) -> str:
        return f"“{told['column']}”是{told['says']}"

    def judged(self, told: Told, place: Place) -> Judged:
        applies = place.filled(told)
        match = place.dialect.full_match(place.text(told), told["pattern"])
        return Judged(f"NOT {match}", (told["column"],), applies)


class Codes:
    slug, title = "codes", "代码表"
    says = "值是列出的代码之一"
    asks = (
        COLUMN,
        Asked("codes", "代码", Input.LINES, hint=f"一行一个，最多 {MOST_CODES} 个"),
        Asked("says", "代码表的名称", Input.TEXT, hint="例：GB/T 2261.1 性别代码"),
    )

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        given = told.get("codes", "")
        lines = given.splitlines() if isinstance(given, str) else [str(one) for one in given]
        codes = sorted({one.strip() for one in lines if one.strip()})
        if not 0 < len(codes) <= MOST_CODES:
            raise RuleUnclear(f"代码应有 1 到 {MOST_CODES} 个；更多的请归集成一张表，用“引用”")
        type_ = place.type_of(told)
        for one in codes:
            fitting(one, type_, "代码")
        says = text_of(told, "says", "代码表的名称")
        return {"column": told["column"], "codes": codes, "says": says}

    def words(self, told: Told) -> str:
        return f"“{told['column']}”是{told['says']}里的代码"

    def judged(self, told: Told, place: Place) -> Judged:
        column, type_ = place.column(told), place.type_of(told)
        applies = place.filled(told) if type_ == "VARCHAR" else ""
        listed = ", ".join(place.value_of(one, type_) for one in told["codes"])
        return Judged(f"{column} NOT IN ({listed})", (told["column"],), applies)
