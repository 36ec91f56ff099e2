"""The few words in which DuckDB and PostgreSQL differ, so that one rule is judged alike by both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from diebian.base.lake.public import literal


def _by_group(row: str, table: str, where: str) -> str:
    return f"{row} IN (SELECT {row} FROM {table} WHERE {where} GROUP BY {row} HAVING count(*) > 1)"


def _by_window(row: str, table: str, where: str) -> str:  # noqa: ARG001
    return f"count(*) OVER (PARTITION BY {row}) > 1"


@dataclass(frozen=True)
class Dialect:
    full_match: Callable[[str, str], str]  # expression and pattern
    whole: Callable[[str], str]  # digits as a whole number
    divided: Callable[[str, int], str]  # without rest
    fence: str  # after a subquery whose columns shall be worked out once
    again: Callable[[str, str, str], str] = _by_group  # row, table and condition: occurs twice


DUCKDB = Dialect(
    full_match=lambda text, pattern: f"regexp_full_match({text}, {literal(pattern)})",
    whole=lambda text: f"TRY_CAST({text} AS BIGINT)",
    divided=lambda number, by: f"({number} // {by})",
    fence="",
)
POSTGRESQL = Dialect(
    full_match=lambda text, pattern: f"({text} ~ {literal(f'^(?:{pattern})$')})",
    whole=lambda text: f"CAST({text} AS bigint)",
    divided=lambda number, by: f"({number} / {by})",
    fence=" OFFSET 0",
)


POSTGRESQL_BY_WINDOW = replace(POSTGRESQL, again=_by_window)


def digit_sum(number: str, weights: Sequence[int], modulus: int, dialect: Dialect) -> str:
    """SQL for the weighted sum of a number's digits; `weights` from the last digit to the first.

    Right up to a multiple of `modulus`, and never negative. A digit is q - 10·q' of neighbouring
    quotients, so the sum needs one division for each place and no text at all: five times quicker
    than a substring for each digit.
    """
    factors = [weights[0], *((weights[place] - 10 * weights[place - 1]) % modulus
                             for place in range(1, len(weights)))]  # fmt: skip
    alike: dict[int, list[str]] = {}
    for place, factor in enumerate(factors):
        quotient = dialect.divided(number, 10**place) if place else number
        alike.setdefault(factor, []).append(quotient)
    return " + ".join(
        "({})".format(" + ".join(told)) if factor == 1 else f"{factor} * ({' + '.join(told)})"
        for factor, told in alike.items()
        if factor
    )
