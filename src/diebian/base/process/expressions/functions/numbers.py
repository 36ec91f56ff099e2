"""Functions over numbers."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    DecimalException,
)

from diebian.base.process.expressions.operations import negative
from diebian.base.process.expressions.refusals import Mistake
from diebian.base.process.expressions.values import DECIMALS, Value

from .registry import feel

LOWEST_SCALE, HIGHEST_SCALE = -6111, 6176


def _rounding(way: str) -> Callable[[Decimal, Decimal | None], Decimal]:
    def rounded(number: Decimal, scale: Decimal | None) -> Decimal:
        places = int(scale or 0)
        if not LOWEST_SCALE <= places <= HIGHEST_SCALE:
            raise Mistake("小数位数超出范围")
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int) or places >= -exponent:
            return number
        step = Decimal((0, (1,), -places))
        units = number.scaleb(places, DECIMALS).to_integral_value(rounding=way)
        return DECIMALS.multiply(units, step)

    return rounded


_NEEDED = "n:number, scale:number"
_OPTIONAL = "n:number, scale?:number"
feel("decimal", _NEEDED)(_rounding(ROUND_HALF_EVEN))
feel("floor", "n:number", _NEEDED)(lambda n, scale=None: _rounding(ROUND_FLOOR)(n, scale))
feel("ceiling", "n:number", _NEEDED)(lambda n, scale=None: _rounding(ROUND_CEILING)(n, scale))
feel("round up", _NEEDED)(_rounding(ROUND_UP))
feel("round down", _NEEDED)(_rounding(ROUND_DOWN))
feel("round half up", _NEEDED)(_rounding(ROUND_HALF_UP))
feel("round half down", _NEEDED)(_rounding(ROUND_HALF_DOWN))


@feel("abs", "n:number|days and time duration|years and months duration")
def absolute(n: Value) -> Value:
    other = negative(n)
    return other if other > n else n


@feel("modulo", "dividend:number, divisor:number")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Of the divisor's sign, unlike Python's for decimals."""
    try:
        whole = DECIMALS.divide(dividend, divisor).to_integral_value(rounding=ROUND_FLOOR)
        return DECIMALS.subtract(dividend, DECIMALS.multiply(divisor, whole))
    except DecimalException as error:
        raise Mistake("除数是零，或结果超出范围") from error


def _calculated(calculate: Callable[[Decimal], Decimal]) -> Callable[[Decimal], Decimal]:
    def calculated(number: Decimal) -> Decimal:
        try:
            return calculate(number)
        except DecimalException as error:
            raise Mistake("结果不是数字，或超出范围") from error

    return calculated


def _logarithm(number: Decimal) -> Decimal:
    if not number:
        raise Mistake("零没有对数")
    return DECIMALS.ln(number)


feel("sqrt", "number:number")(_calculated(DECIMALS.sqrt))
feel("exp", "number:number")(_calculated(DECIMALS.exp))
feel("log", "number:number")(_calculated(_logarithm))


@feel("even", "number:number")
def even(number: Decimal) -> bool:
    return _is_whole(number) and not _is_odd(number)


@feel("odd", "number:number")
def odd(number: Decimal) -> bool:
    return _is_whole(number) and _is_odd(number)


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


def _is_odd(number: Decimal) -> bool:
    return bool(modulo(number, Decimal(2)))
