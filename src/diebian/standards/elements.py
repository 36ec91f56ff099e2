"""数据元 (GB/T 18391, GB/T 19488): what one says of its values, and what agrees with it.

表示格式 is written as in GB/T 39046—2020 表 2、表 3: `an..18` up to 18 letters or digits, `n6` six
digits, `n..16,2` a number of 16 places with two behind the point, `YYYYMMDD` a day. The words of
`Check` are the kinds of quality rules that judge such numbers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices

from .metadata import ItemType
from .sharing import Limit

# GB/T 18391.6 tells the steps of registering and no days: these are this project's own.
DECISION = Limit(20, "本平台自定")
MOST_CODES = 500
LONGEST_CODE, LONGEST_MEANING = 40, 100
IDENTIFIER = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
WRITTEN = re.compile(
    r"(?P<signs>an|a|n)(?:(?P<least>\d{0,4})\.\.(?P<most>\d{1,4}|ul)|(?P<fixed>\d{1,4}))"
    r"(?:,(?P<places>\d{1,2}))?",
    re.ASCII,
)
LENGTH = re.compile(r"(\d+)(?:,(\d+))?")  # of an item: places, and those behind the point
MOMENTS: Mapping[ItemType, Sequence[str]] = {
    ItemType.DATE: ("YYYYMMDD",),
    ItemType.MOMENT: ("YYYYMMDDhhmmss", "YYYYMMDDThhmmss"),
}
UNLIMITED = "ul"


class Check(TextChoices):
    """Numbers whose last place checks the others."""

    ID_NUMBER = "id_number", "公民身份号码（GB 11643-1999）"
    CREDIT_CODE = "credit_code", "统一社会信用代码（GB 32100-2015）"
    REGISTRATION = "registration", "市场主体注册号（GS 15—2006）"


LENGTHS: Mapping[str, int] = {Check.ID_NUMBER: 18, Check.CREDIT_CODE: 18, Check.REGISTRATION: 15}


@dataclass(frozen=True)
class Format:
    """`most` is None where any length will do; `places` are behind the point."""

    is_digits: bool
    least: int
    most: int | None
    places: int = 0

    def holds(self, length: int) -> bool:
        return self.least <= length and (self.most is None or length <= self.most)


def format_of(written: str) -> Format | None:
    """None of a day, a moment, and where nothing is written."""
    found = WRITTEN.fullmatch(written)
    if found is None:
        return None
    most = found["fixed"] or found["most"]
    least = int(found["fixed"] or found["least"] or 0)
    places = int(found["places"] or 0)
    return Format(found["signs"] == "n", least, None if most == UNLIMITED else int(most), places)


def element_faults(
    *, type_: ItemType, written: str, check: str, codes: Mapping[str, str]
) -> Iterator[str]:
    """What of a definition does not fit together, each in a sentence."""
    yield from _format_faults(type_, written)
    told = format_of(written)
    if check and (told is None or (told.least, told.most) != (LENGTHS[check], LENGTHS[check])):
        yield f"{Check(check).label}是 {LENGTHS[check]} 位，表示格式应写成定长"
    if check and codes:
        yield "有校验位的号码不能另有代码表"
    if codes and type_ not in {ItemType.TEXT, ItemType.NUMBER}:
        yield "只有字符和数值才有代码表"
    if len(codes) > MOST_CODES:
        yield f"代码最多 {MOST_CODES} 个；更多的请归集成一张表，用引用规则"
    for code, meaning in codes.items():
        if not 0 < len(code) <= LONGEST_CODE or not 0 < len(meaning) <= LONGEST_MEANING:
            yield f"代码“{code[:LONGEST_CODE]}”或它的含义是空的或太长"
        elif told is not None and not told.holds(len(code)):
            yield f"代码“{code}”的长度和表示格式 {written} 对不上"


def _format_faults(type_: ItemType, written: str) -> Iterator[str]:
    if type_ in MOMENTS:
        if written not in MOMENTS[type_]:
            yield f"{type_.label}的表示格式应是 {'、'.join(MOMENTS[type_])}"
        return
    if type_ not in {ItemType.TEXT, ItemType.NUMBER}:
        if written:
            yield f"{type_.label}没有表示格式，请留空"
        return
    told = format_of(written)
    if told is None:
        yield f"表示格式“{written}”看不懂，应像 an..18、n6、n..16,2"
    elif told.most is not None and not 0 < told.most >= max(told.least, told.places):
        yield f"表示格式“{written}”的长度不对"
    elif type_ == ItemType.NUMBER and not told.is_digits:
        yield "数值的表示格式以 n 开头"
    elif type_ == ItemType.TEXT and told.places:
        yield "字符没有小数位"


def type_mismatch(of: ItemType, here: ItemType) -> str:
    """Empty where both are of one type."""
    return "" if of == here else f"数据元是{of.label}，这里是{here.label}"


def item_mismatch(of: ItemType, written: str, here: ItemType, length: str) -> str:
    """Why an item of a catalogue does not agree with its element; empty where it does.

    `length` as catalogues write it: 18, or 16,2 of a number; empty says nothing of it.
    """
    wrong, told = type_mismatch(of, here), format_of(written)
    if wrong or told is None or not length:
        return wrong
    found = LENGTH.fullmatch(length)
    if found and told.holds(int(found[1])) and int(found[2] or 0) <= told.places:
        return ""
    return f"数据元的表示格式是 {written}，这里的长度是 {length}"
