"""Many characters of a number as the bytes or half bytes of one whole number, done all together.

Of a credit code eight characters are the eight bytes of a word; of an identity number sixteen
digits are read as hexadecimal ones.

In a columnar engine each call costs, not each byte: a `substr` and a `position` for each character
took half of the time of all rules together. Here the engine cuts once, and what is then done to
the number is done to all its bytes at once. And a statement costs its length: of a thousand tables
most are small, and planning is most of their time. So both numbers stand in one list, and what is
done to them is written once, in functions of a list's element, a third as long to plan as columns.
"""

from diebian.standards.credit_code import ALPHABET

PACKED = 8
WORDS = 2
CODE_LENGTH = 18
# From '0' to 'Y'; I, O, S, V and Z are not in the alphabet. What is behind one of these signs
# stands so much further down modulo 31 than its code says.
LETTERS, AFTER_DIGITS = 64, 25  # of 'A' the last five bits say 1, and its value is 10; of '0' 16
GAPS = (73, 79, 83, 86)
ONE_LESS = 30
LOW_BITS, ZERO = 31, 16
EVERY = sum(1 << 8 * place for place in range(PACKED))
HIGHEST_BIT = 128


def packed_sums(text: str, ratio: int) -> str:
    """SQL (DuckDB): of characters 1 to 8 and 9 to 16 the sum, right up to a multiple of 31.

    A character counts its value and 16, times `ratio` for each place that it stands before the
    last of its eight. What is not 18 characters of ASCII gives sums that say nothing.

    Nothing overflows: a byte is 31 + 25 + 4 · 30 at most, and each step at most doubles its room.
    """
    told = ", ".join(_number(text, PACKED * word + 1) for word in range(WORDS))
    told = _each(f"list_value({told})", _valued("x"))
    bits, factor = 8, ratio
    while bits < 8 * PACKED:
        kept = sum(((1 << bits) - 1) << place for place in range(0, 8 * PACKED, 2 * bits))
        told = _each(told, f"(x & {kept}) + {factor} * ((x >> {bits}) & {kept})")
        bits, factor = 2 * bits, factor * factor % len(ALPHABET)
    return told


def _number(text: str, start: int) -> str:
    """The engine stops at bytes that fit no number, however softly it is asked to cast them."""
    is_cut = f"length({text}) = {CODE_LENGTH} AND strlen({text}) = {CODE_LENGTH}"
    cut = f"CASE WHEN {is_cut} THEN substr({text}, {start}, {PACKED}) ELSE '0' END"
    return f"CAST(CAST(encode({cut}) AS BIT) AS UBIGINT)"


def _each(numbers: str, told: str) -> str:
    return f"list_transform({numbers}, lambda x: {told})"


def _valued(codes: str) -> str:
    gaps = " + ".join(_behind(codes, sign) for sign in GAPS)
    return (
        f"({codes} & {EVERY * LOW_BITS}) + {AFTER_DIGITS} * {_behind(codes, LETTERS)} "
        f"+ {ONE_LESS} * ({gaps})"
    )


def _behind(codes: str, sign: int) -> str:
    """In each byte 1 where the character is behind this one, else 0."""
    return f"((({codes} + {EVERY * (HIGHEST_BIT - 1 - sign)}) & {EVERY * HIGHEST_BIT}) >> 7)"


# Of an identity number. Modulo 11 it is 16 = 5 and -16 = 6, and 6 is what undoes a doubling. So of
# digits read from the last to the first as hexadecimal ones, those in even places less those in odd
# ones are the sum of them all, each counting half as much as the one before it: times 2 ** 17, as
# the standard has it. No digit is looked at by itself. Halves are laid upon each other before the
# rest is taken: to divide sixty bits takes the processor ten times as long as thirty.
DIGITS, MODULUS, DOUBLED, HALF = 16, 11, 2**17, 32
EVEN = sum(0xF << 8 * place for place in range(HALF // 8))
ENOUGH = MODULUS << 31  # more than all odd places can say


def id_digits(text: str) -> str:
    """SQL (DuckDB): the first sixteen digits, the last of them in front."""
    return f"TRY_CAST('0x' || reverse(substr({text}, 1, {DIGITS})) AS UBIGINT)"


def id_sum(digits: str, text: str) -> str:
    """SQL (DuckDB): from 1, which of the eleven check places belongs to `id_digits` of a text."""
    last = f"position(substr({text}, {DIGITS + 1}, 1) IN '0123456789')"  # and one
    even, odd = _laid(digits, EVEN), _laid(digits, EVEN << 4)
    # Cast: a number that is never negative and one that may be would be added as 128 bits.
    weighed = f"CAST({DOUBLED % MODULUS} * ({even} + {ENOUGH} - ({odd})) AS BIGINT)"
    return f"({weighed} + 2 * {last} + {MODULUS - 2}) % {MODULUS} + 1"


def _laid(digits: str, places: int) -> str:
    upper = (1 << HALF) % MODULUS
    return f"({digits} & {places}) + {upper} * (({digits} >> {HALF}) & {places})"
