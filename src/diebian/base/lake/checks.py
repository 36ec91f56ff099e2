"""Check places of the national numbers in SQL, equal to `standards.identifiers`.

公民身份号码: GB 11643-1999. 统一社会信用代码: GB 32100-2015. 注册号: GS 15—2006. Here alone: rules,
comparisons and bases ask for it. `quality/tests/test_identifiers.py` holds both against each other,
on two engines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diebian.standards.credit_code import ALPHABET, DIVISION, WEIGHTS
from diebian.standards.identifiers import ID_CHECKS, ID_WEIGHTS

from .dialect import DUCKDB, Dialect
from .packed import PACKED, WORDS, ZERO, id_digits, id_sum, packed_sums

# The day of birth is in the shape: a regular expression costs the same whatever it says, and
# months, lengths of months and leap years are regular.
YEAR = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"  # the calendar begins with 1
LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[13579][26]|[2468][048]|0[48])00)"
COMMON_DAY = (
    "(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)"
    "|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
ID_SHAPE = f"[0-9]{{6}}(?:{YEAR}{COMMON_DAY}|{LEAP_YEAR}0229)[0-9]{{3}}[0-9X]"
CODE_SHAPE = f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}"
CODE_WEIGHTS = (*WEIGHTS, 1)  # the check itself counts once
BEFORE = pow(WEIGHTS[1], -1, len(ALPHABET))  # a place counts so many times the one after it
ID_BODY = 17  # places before the check
REGISTRATION_SHAPE = "[0-9]{15}"
REGISTRATION_LENGTH = 15


@dataclass(frozen=True)
class Check:
    """Whether a text is no such number: true also where it is no text.

    `helpers`: columns that have to stand in the rows, each worked out once, by their quoted names.
    """

    wrong: str
    helpers: Mapping[str, str]


def id_check_of(text: str, name: str, by: Dialect = DUCKDB) -> Check:
    """公民身份号码; `name`: what the helpers are known by, beside other columns' helpers."""
    body = by.quoted(f"#id {name}")
    if by.has_bytes:
        digits, place = id_digits(text), id_sum(body, text)
    else:
        digits, place = by.whole(f"substr({text}, 1, {ID_BODY})"), id_place(body, by)
    number = f"CASE WHEN {by.full_match(text, ID_SHAPE)} THEN {digits} END"
    there = f"position(substr({text}, {ID_BODY + 1}, 1) IN '{ID_CHECKS}')"
    return Check(f"{body} IS NULL OR {place} <> {there}", {body: number})


def code_check_of(text: str, name: str, by: Dialect = DUCKDB) -> Check:
    """统一社会信用代码; `name` as for `id_check_of`."""
    is_shaped = by.full_match(text, CODE_SHAPE)
    return (_packed_check if by.has_bytes else _plain_check)(text, name, is_shaped, by)


def registration_check_of(text: str, name: str, by: Dialect = DUCKDB) -> Check:
    """注册号; `name` as for `id_check_of`."""
    number = by.quoted(f"#registration {name}")
    digits = f"CASE WHEN {by.full_match(text, REGISTRATION_SHAPE)} THEN {by.whole(text)} END"
    wrong = f"({_before_the_last(number, by)} + {number} % 10) % 10 <> 1"
    return Check(f"{number} IS NULL OR {wrong}", {number: digits})


def _before_the_last(number: str, by: Dialect) -> str:
    """MOD 11,10 over all digits but the last.

    The standard takes 10 where a sum leaves nought. From 1 to 10 instead of from 0 to 9 says the
    same, and each step stands in the next one once: written as a case, it would double each time.
    """
    told = "10"
    for place in range(REGISTRATION_LENGTH - 1, 0, -1):
        digit = f"{by.divided(number, 10**place)} % 10"
        told = f"(({told} + {digit} - 1) % 10 + 1) * 2 % 11"
    return told


def id_place(digits: str, by: Dialect = DUCKDB) -> str:
    """From 1: which of the eleven check places belongs to 17 digits, given as a whole number."""
    return f"({digit_sum(digits, ID_WEIGHTS[::-1], len(ID_CHECKS), by)}) % {len(ID_CHECKS)} + 1"


def id_check(body: str, by: Dialect = DUCKDB) -> str:
    """The 18th place that belongs to a text of 17 digits."""
    # Spark and PostgreSQL cut a text at an integer, and a sum of large numbers is none.
    place = f"CAST({id_place(by.whole(body), by)} AS integer)"
    return f"substr('{ID_CHECKS}', {place}, 1)"


def _packed_check(text: str, name: str, is_shaped: str, by: Dialect) -> Check:
    """By sums of packed characters. The shape is a column of its own: within a CASE the engine
    works out again each time what stands there twice, which took half of the time of all rules.
    """
    shape, sums = (by.quoted(f"#{one} {name}") for one in ("shape", "sums"))
    packed = range(WORDS * PACKED)
    each = [f"{CODE_WEIGHTS[PACKED * word - 1]} * {sums}[{word}]" for word in range(1, WORDS + 1)]
    too_much = ZERO * sum(CODE_WEIGHTS[at] for at in packed)
    others = _by_place(text, range(packed.stop, len(CODE_WEIGHTS)))
    total = f"CAST({' + '.join(each)} AS BIGINT) - {too_much} + {others}"
    helpers = {shape: is_shaped, sums: packed_sums(text, BEFORE)}
    return Check(f"{shape} IS NOT TRUE OR {_is_no_multiple(total)}", helpers)


def _plain_check(text: str, name: str, is_shaped: str, by: Dialect) -> Check:
    """The same where a text's bytes cannot be had as a number."""
    division, (start, end) = by.quoted(f"#division {name}"), (DIVISION.start, DIVISION.stop)
    digits = by.whole(f"substr({text}, {start + 1}, {end - start})")
    of_division = digit_sum(division, CODE_WEIGHTS[DIVISION][::-1], len(ALPHABET), by)
    others = [*range(start), *range(end, len(CODE_WEIGHTS))]
    total = f"{of_division} + {_by_place(text, others)}"
    helpers = {division: f"CASE WHEN {is_shaped} THEN {digits} END"}
    return Check(f"{division} IS NULL OR {_is_no_multiple(total)}", helpers)


def _is_no_multiple(total: str) -> str:
    return f"({total}) % {len(ALPHABET)} <> 0"


def _by_place(text: str, places: Sequence[int]) -> str:
    told = [f"{CODE_WEIGHTS[at]} * position(substr({text}, {at + 1}, 1) IN '{ALPHABET}')"
            for at in places]  # fmt: skip
    # `position` counts from 1: what is too much is taken away once
    return f"{' + '.join(told)} - {sum(CODE_WEIGHTS[at] for at in places)}"


def digit_sum(number: str, weights: Sequence[int], modulus: int, by: Dialect = DUCKDB) -> str:
    """SQL for the weighted sum of a number's digits; `weights` from the last digit to the first.

    Right up to a multiple of `modulus`, and never negative. A digit is q - 10·q' of neighbouring
    quotients, so the sum needs one division for each place and no text at all: five times quicker
    than a substring for each digit.
    """
    factors = [weights[0], *((weights[place] - 10 * weights[place - 1]) % modulus
                             for place in range(1, len(weights)))]  # fmt: skip
    alike: dict[int, list[str]] = {}
    for place, factor in enumerate(factors):
        quotient = by.divided(number, 10**place) if place else number
        alike.setdefault(factor, []).append(quotient)
    return " + ".join(
        "({})".format(" + ".join(told)) if factor == 1 else f"{factor} * ({' + '.join(told)})"
        for factor, told in alike.items()
        if factor
    )
