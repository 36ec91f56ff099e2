"""One value in one spelling, in SQL for each engine that reads the lake's rows.

What is spelled well already is left as it is: to translate costs thirty times as much.
What belongs to the numbers' check places stands in `checks`.
"""

from .checks import id_check
from .dialect import DUCKDB, Dialect
from .names import literal

WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
BLANKS = " \t\r\n\u00a0\u3000\u200b\ufeff"
DOTS = "·•・．.‧∙"
OPENING, CLOSING = "([{〔【〈", ")]}〕】〉"
PLAIN_NUMBER = "[0-9]{15}([0-9]{2}[0-9X])?"
PLAIN_NAME = "[一-鿿A-Z0-9]*"
# What says how an organisation is owned, behind the name by which people know it.
FORMS = "(特殊普通合伙|普通合伙|有限合伙|个人独资|(集团)?(股份)?(有限)?(责任)?公司|集团)$"
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


def plain_organisation(text: str) -> str:
    """As `plain_name`, with one kind of brackets: those that a registered name has."""
    marks = f"{literal(OPENING + CLOSING)}, {literal('（' * len(OPENING) + '）' * len(CLOSING))}"
    return f"translate({plain_name(text)}, {marks})"


def organisation_core(plain: str) -> str:
    """The name without brackets and its legal form: of 样例（北方）机械有限公司 样例北方机械.

    Not for showing: two companies may share it, and the registered name has the form.
    """
    bare = f"translate({plain}, '（）', '')"
    return f"coalesce(nullif(regexp_replace({bare}, {literal(FORMS)}, ''), ''), {bare})"


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

    Whether the 18th place is right is another question: `checks.id_check_of`.
    """
    longer = f"substr({plain}, 1, 6) || '19' || substr({plain}, 7, 9)"
    return (
        f"CASE WHEN {by.full_match(plain, NEW_NUMBER)} THEN {plain} "
        f"WHEN {by.full_match(plain, OLD_NUMBER)} THEN {longer} || {id_check(longer, by)} END"
    )
