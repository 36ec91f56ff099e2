"""One value in one spelling, in SQL for each engine that reads the lake's rows.

What is spelled well already is left as it is: to translate costs thirty times as much.
"""

from diebian.standards.identifiers import ID_CHECKS, ID_WEIGHTS

from .dialect import DUCKDB, Dialect
from .names import literal

WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
BLANKS = " \t\r\n\u00a0\u3000\u200b\ufeff"
DOTS = "·•・．.‧∙"
PLAIN_NUMBER = "[0-9]{15}([0-9]{2}[0-9X])?"
PLAIN_NAME = "[一-鿿A-Z0-9]*"
NEW_NUMBER, OLD_NUMBER = "[0-9]{17}[0-9X]", "[0-9]{15}"
DIGITS, NARROW_ONLY = "^[0-9]+$", "^[ -~]*$"
_NARROW_X = NARROW.replace("x", "X")


def plain_number(text: str, by: Dialect = DUCKDB) -> str:
    """Digits of one width, a large X, no blanks and no hyphens."""
    wide, narrow = by.literal("x" + WIDE + BLANKS + "-"), by.literal("X" + _NARROW_X)
    told = f"translate({text}, {wide}, {narrow})"
    return f"CASE WHEN {by.full_match(text, PLAIN_NUMBER)} THEN {text} ELSE {told} END"


def plain_name(text: str, by: Dialect = DUCKDB) -> str:
    """Half-width capitals without blanks and without the dots between parts of a name."""
    wide, narrow = by.literal(WIDE + BLANKS + DOTS), by.literal(NARROW)
    told = f"upper(translate({text}, {wide}, {narrow}))"
    return f"CASE WHEN {by.full_match(text, PLAIN_NAME)} THEN {text} ELSE {told} END"


def digits_of(text: str) -> str:
    """What is left of a number that people write with blanks, hyphens or in full width."""
    narrow = f"translate({text}, {literal(WIDE)}, {literal(NARROW)})"
    rest = "'[^0-9]', '', 'g'"
    return (
        f"CASE WHEN {text} ~ {literal(DIGITS)} THEN {text} "
        f"WHEN {text} ~ {literal(NARROW_ONLY)} THEN regexp_replace({text}, {rest}) "
        f"ELSE regexp_replace({narrow}, {rest}) END"
    )


def id_number_of(plain: str, by: Dialect = DUCKDB) -> str:
    """18 places; of the old 15 places the same person's 18 (GB 11643-1999); else nothing.

    Whether the 18th place is right is another question: `id_check`.
    """
    longer = f"substr({plain}, 1, 6) || '19' || substr({plain}, 7, 9)"
    return (
        f"CASE WHEN {by.full_match(plain, NEW_NUMBER)} THEN {plain} "
        f"WHEN {by.full_match(plain, OLD_NUMBER)} THEN {longer} || {id_check(longer)} END"
    )


def id_check(number: str) -> str:
    """The 18th place that belongs to the 17 digits before it."""
    summed = " + ".join(
        f"CAST(substr({number}, {place + 1}, 1) AS integer) * {weight}"
        for place, weight in enumerate(ID_WEIGHTS)
    )
    return f"substr('{ID_CHECKS}', ({summed}) % 11 + 1, 1)"
