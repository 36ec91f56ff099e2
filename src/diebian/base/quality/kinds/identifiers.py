"""公民身份号码 and 统一社会信用代码 in SQL, equal to `standards.identifiers`.

`tests/test_identifiers.py` holds both against each other, on DuckDB and on PostgreSQL.
"""

from typing import Any

from diebian.base.lake.public import Dialect
from diebian.standards.credit_code import ALPHABET, WEIGHTS
from diebian.standards.identifiers import ID_CHECKS, ID_WEIGHTS

from .digits import digit_sum
from .kind import Asked, Judged, Place, Told
from .packed import PACKED, packed, weighed

# The day of birth is in the shape: a regular expression costs the same whatever it says, and
# months, lengths of months and leap years are regular.
YEAR = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"  # the calendar begins with 1
LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[13579][26]|[2468][048]|0[48])00)"
COMMON_DAY = (
    "(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)"
    "|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
ID_SHAPE = f"[0-9]{{6}}(?:{YEAR}{COMMON_DAY}|{LEAP_YEAR}0229)[0-9]{{3}}[0-9X]"
CODE_SHAPE = f"[0-9]{{8}}[{ALPHABET}]{{10}}"
DIGITS_OF_CODE = 8  # its first places are digits always
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
        body = by.quoted(f"#id {told['column']}")
        digits = by.whole(f"substr({text}, 1, 17)")
        number = f"CASE WHEN {by.full_match(text, ID_SHAPE)} THEN {digits} END"
        total = digit_sum(body, ID_WEIGHTS[::-1], 11, by)
        check = f"position(substr({text}, 18, 1) IN '{ID_CHECKS}')"  # counted from 1
        wrong = f"{body} IS NULL OR ({total}) % 11 + 1 <> {check}"
        return Judged(wrong, (told["column"],), place.filled(told), {body: number})


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
        head = by.quoted(f"#code {told['column']}")
        digits = by.whole(f"substr({text}, 1, {DIGITS_OF_CODE})")
        number = f"CASE WHEN {by.full_match(text, CODE_SHAPE)} THEN {digits} END"
        tail, helpers = _summed(text, told["column"], by)
        first = digit_sum(head, WEIGHTS[:DIGITS_OF_CODE][::-1], 31, by)
        total = f"{first} + {tail}"
        wrong = f"{head} IS NULL OR ({total}) % 31 <> 0"
        return Judged(wrong, (told["column"],), place.filled(told), {head: number, **helpers})


def _summed(text: str, column: str, by: Dialect) -> tuple[str, dict[str, str]]:
    """The weighted sum of the characters of a code that may be letters, and what it needs."""
    weights = (*WEIGHTS[DIGITS_OF_CODE:], 1)  # the last character counts once
    if by.has_bytes:
        middle, end = by.quoted(f"#middle {column}"), by.quoted(f"#end {column}")
        of_middle = packed(text, DIGITS_OF_CODE + 1)
        of_end = packed(text, DIGITS_OF_CODE + 1 + PACKED, len(weights) - PACKED)
        told = f"{weighed(middle, weights[:PACKED])} + {weighed(end, weights[PACKED:])}"
        return told, {middle: of_middle, end: of_end}
    values = [f"position(substr({text}, {at + 1}, 1) IN '{ALPHABET}')"
              for at in range(DIGITS_OF_CODE, len(WEIGHTS) + 1)]  # fmt: skip
    told_at = [f"{weight} * {one}" for weight, one in zip(weights, values, strict=True)]
    # `position` counts from 1: what is too much is taken away once
    return f"{' + '.join(told_at)} - {sum(weights)}", {}
