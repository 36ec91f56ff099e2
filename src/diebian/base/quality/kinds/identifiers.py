"""公民身份号码 and 统一社会信用代码 in SQL, equal to `standards.identifiers`.

`tests/test_identifiers.py` holds both against each other, on DuckDB and on PostgreSQL.
"""

from typing import Any

from diebian.base.lake.public import quoted
from diebian.standards.credit_code import ALPHABET, WEIGHTS
from diebian.standards.identifiers import ID_CHECKS, ID_WEIGHTS

from .dialect import digit_sum
from .kind import Asked, Judged, Place, Told

ID_SHAPE = "[0-9]{17}[0-9X]"
CODE_SHAPE = f"[0-9]{{8}}[{ALPHABET}]{{10}}"
DIGITS_OF_CODE = 8  # its first places are digits always
LONG_MONTHS = "1, 3, 5, 7, 8, 10, 12"
COLUMN = Asked("column", "列")


class IdNumber:
    slug, title = "id_number", "公民身份号码"
    says = "18 位，出生日期真有，校验位对（GB 11643-1999）"
    asks = (COLUMN,)

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        return {"column": place.known(str(told.get("column", "")))}

    def words(self, told: Told) -> str:
        return f"“{told['column']}”是有效的公民身份号码"

    def judged(self, told: Told, place: Place) -> Judged:
        text, by = place.text(told), place.dialect
        body = quoted(f"#id {told['column']}")
        digits = by.whole(f"substr({text}, 1, 17)")
        number = f"CASE WHEN {by.full_match(text, ID_SHAPE)} THEN {digits} END"
        total = digit_sum(body, ID_WEIGHTS[::-1], 11, by)
        check = f"substr('{ID_CHECKS}', CAST({total} % 11 AS INTEGER) + 1, 1)"
        wrong = (
            f"{body} IS NULL OR NOT ({_is_day(body, place)}) OR {check} <> substr({text}, 18, 1)"
        )
        applies = place.filled(told)
        return Judged(applies, f"{applies} AND ({wrong})", (told["column"],), {body: number})


class CreditCode:
    slug, title = "credit_code", "统一社会信用代码"
    says = "18 位，校验位对（GB 32100-2015）"
    asks = (COLUMN,)

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        return {"column": place.known(str(told.get("column", "")))}

    def words(self, told: Told) -> str:
        return f"“{told['column']}”是有效的统一社会信用代码"

    def judged(self, told: Told, place: Place) -> Judged:
        text, by = place.text(told), place.dialect
        head = quoted(f"#code {told['column']}")
        digits = by.whole(f"substr({text}, 1, {DIGITS_OF_CODE})")
        number = f"CASE WHEN {by.full_match(text, CODE_SHAPE)} THEN {digits} END"
        places = [
            f"{WEIGHTS[at]} * (strpos('{ALPHABET}', substr({text}, {at + 1}, 1)) - 1)"
            for at in range(DIGITS_OF_CODE, len(WEIGHTS))
        ]
        last = f"(strpos('{ALPHABET}', substr({text}, 18, 1)) - 1)"
        first = digit_sum(head, WEIGHTS[:DIGITS_OF_CODE][::-1], 31, by)
        total = f"({first} + {' + '.join(places)} + {last})"
        applies = place.filled(told)
        wrong = f"{head} IS NULL OR {total} % 31 <> 0"
        return Judged(applies, f"{applies} AND ({wrong})", (told["column"],), {head: number})


def _is_day(body: str, place: Place) -> str:
    """SQL: places 7 to 14 of the number are a day of the calendar."""
    by = place.dialect
    day, month = f"({by.divided(body, 10**3)} % 100)", f"({by.divided(body, 10**5)} % 100)"
    year = f"({by.divided(body, 10**7)} % 10000)"
    leap = f"({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0))"
    return (
        f"{year} >= 1 AND {month} BETWEEN 1 AND 12 AND {day} >= 1 AND ({day} <= 28 "
        f"OR ({day} <= 30 AND {month} <> 2) OR ({day} = 31 AND {month} IN ({LONG_MONTHS})) "
        f"OR ({day} = 29 AND {month} = 2 AND {leap}))"
    )
