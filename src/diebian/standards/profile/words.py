"""What one value may look like. Each rule says itself what is expected."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from diebian.standards.identifiers import is_credit_code, is_id_number
from diebian.standards.item_codes import is_item_code
from diebian.standards.marks import Mark


@dataclass(frozen=True)
class Rule:
    """`sentence` completes “应为……”."""

    is_right: Callable[[str], bool]
    sentence: str


def pattern(expression: str, sentence: str) -> Rule:
    return Rule(lambda text: re.fullmatch(expression, text, re.ASCII) is not None, sentence)


def one_of(words: Iterable[str]) -> Rule:
    allowed = tuple(words)
    return Rule(lambda text: text in allowed, f"应为 {'、'.join(allowed)} 之一")


def optional(rule: Rule) -> Rule:
    return Rule(lambda text: text == "" or rule.is_right(text), f"{rule.sentence}，或留空")


def listed(rule: Rule, separator: str = ";") -> Rule:
    return Rule(
        lambda text: all(rule.is_right(part) for part in text.split(separator)),
        f"每一段（用 {separator} 分开）{rule.sentence}",
    )


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_type_code(text: str) -> bool:
    """电子证照类型代码: the credit code of who defines it and three places."""
    return is_credit_code(text[:18]) and re.fullmatch(r"[0-9A-Z]{3}", text[18:]) is not None


FREE = Rule(lambda _: True, "可以是任意文字")
FILLED = Rule(lambda text: text.strip() != "" and text == text.strip(), "不能为空，前后也不留空格")
DIVISION = pattern(r"\d{12}", "应为 12 位数字的区划代码")
CITY_CODE = pattern(r"\d{4}00", "应为 6 位数字的市级区划代码，末两位是 00")
COUNTY_CODE = pattern(r"\d{6}", "应为 6 位数字的区划代码")
CODE = pattern(r"[A-Za-z0-9][A-Za-z0-9._-]*", "应为字母、数字组成的代码")
SLUG = pattern(r"[a-z][a-z0-9-]*", "应为小写字母、数字和 - 组成的短名")
NAME = pattern(r"[a-z][a-z0-9_]*", "应为小写字母、数字和 _ 组成的名字")
USERNAME = pattern(r"[a-z][a-z0-9_.-]{1,29}", "应为小写字母开头的用户名")
PATH = pattern(r"/[!-~]*", "应以 / 开头")
WHOLE = pattern(r"\d{1,6}", "应为不带小数的数字")
FLAG = one_of(("0", "1"))
DAY = Rule(_is_date, "应写成 2026-01-01 这样的日期")
CREDIT_CODE = Rule(is_credit_code, "应为 18 位统一社会信用代码，校验位要对")
ITEM_CODE = Rule(is_item_code, "应为 31 或 33 位事项实施编码，其中信用代码的校验位要对")
ID_NUMBER = Rule(is_id_number, "应为 18 位公民身份号码，校验位要对")
TYPE_CODE = Rule(_is_type_code, "应为 21 位证照类型代码，前 18 位是校验位正确的信用代码")
PHONE = pattern(r"1\d{10}", "应为 11 位手机号码")
HOTLINE = pattern(r"\d{3,12}", "应为数字组成的电话号码")
MARK = Rule(
    lambda text: text.split(" (")[0] in tuple(Mark),
    f"应为 {'、'.join(Mark)} 之一，后面可用括号写明出处",
)
TOLD_MARK = Rule(
    lambda text: text.startswith((*Mark, "derived")), f"应以 {'、'.join(Mark)} 或 derived 开头"
)
