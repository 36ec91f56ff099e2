"""Weighted sums of digits, for numbers with a check character."""

from collections.abc import Sequence

from diebian.base.lake.public import Dialect


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
