"""Functions over texts. Counted in characters, not in units of UTF-16."""

import re
from decimal import Decimal, InvalidOperation

from diebian.base.process.expressions.operations import LONGEST_TEXT
from diebian.base.process.expressions.printing import printed_value
from diebian.base.process.expressions.refusals import Mistake, TooMuch
from diebian.base.process.expressions.values import DECIMALS, Value

from .registry import feel

NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@feel("string", "from:any")
def string(value: Value) -> str | None:
    return None if value is None else (value if isinstance(value, str) else printed_value(value))


@feel("string length", "string:string")
def string_length(text: str) -> Decimal:
    return Decimal(len(text))


@feel("substring", "string:string, start position:number, length?:number")
def substring(text: str, start: Decimal, length: Decimal | None) -> str:
    first = int(start)
    if not first or abs(first) > len(text):
        raise Mistake("截取的起点不在文字之内")
    begun = first - 1 if first > 0 else len(text) + first
    if length is not None and length < 1:
        raise Mistake("截取的长度应当大于零")
    return text[begun:] if length is None else text[begun : begun + min(int(length), len(text))]


@feel("upper case", "string:string")
def upper_case(text: str) -> str:
    return text.upper()


@feel("lower case", "string:string")
def lower_case(text: str) -> str:
    return text.lower()


@feel("substring before", "string:string, match:string")
def substring_before(text: str, match: str) -> str:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@feel("substring after", "string:string, match:string")
def substring_after(text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


@feel("contains", "string:string, match:string")
def contains(text: str, match: str) -> bool:
    return match in text


@feel("starts with", "string:string, match:string")
def starts_with(text: str, match: str) -> bool:
    return text.startswith(match)


@feel("ends with", "string:string, match:string")
def ends_with(text: str, match: str) -> bool:
    return text.endswith(match)


@feel("string join", "list:list", "list:list, delimiter:string|null")
def string_join(items: list[Value], delimiter: str | None = None) -> str:
    told = [one for one in items if one is not None]
    if not all(isinstance(one, str) for one in told):
        raise Mistake("只能连接文字")
    between = delimiter or ""
    if sum(map(len, told)) + len(between) * len(told) > LONGEST_TEXT:
        raise TooMuch(f"文字长于 {LONGEST_TEXT} 个字")
    return between.join(told)


@feel("number", "from:string")
@feel("number", "from:string, grouping separator:string|null, decimal separator:string|null")
def number(text: str, group: str | None = None, point: str | None = None) -> Decimal:
    if group not in (None, " ", ",", ".") or point not in (None, ",", ".") or group == (point or 0):
        raise Mistake("分组符号或小数点不能是这个")
    plain = text.replace(group, "") if group else text
    plain = plain.replace(point, ".") if point else plain
    if not NUMBER.fullmatch(plain):
        raise Mistake(f"“{text[:40]}”不是数字")
    try:
        return DECIMALS.create_decimal(plain)
    except (InvalidOperation, ArithmeticError) as error:
        raise Mistake(f"“{text[:40]}”超出范围") from error
