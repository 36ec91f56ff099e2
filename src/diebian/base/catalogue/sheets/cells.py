"""One cell: what it says, or the sentence that tells what is wrong with it."""

import re
from datetime import date, datetime
from typing import Any

from django.db.models import Choices

from .opening import Cell

YEARS = range(2000, 2101)
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
FORMULA = "是公式，请改成它算出来的值"
SHOWN = 20


def plain(cell: Cell) -> tuple[str, str]:
    """Text, and a whole number that stands for text. Not dates, truth values, formulas."""
    value = cell.value
    if cell.is_formula:
        return "", FORMULA
    if cell.is_error:
        return "", f"是错误值 {value}"
    if value is None:
        return "", ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip(), "有不能显示的字符" if "\0" in value else ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "", f"应是文字，不是{_kind(value)}"
    return (str(int(value)) if value == int(value) else str(value)), ""


def one_of(cell: Cell, choices: type[Choices]) -> tuple[Any, str]:
    text, sentence = plain(cell)
    if sentence:
        return None, sentence
    for value, label in choices.choices:
        if text in {str(label), str(value)} and (text == str(label) or isinstance(value, int)):
            return choices(value), ""
    labels = "、".join(str(label) for label in choices.labels)
    return None, f"“{text[:SHOWN]}”应是{labels}之一"


def day(cell: Cell) -> tuple[date | None, str]:
    """A date cell, or a date in words: 2027-01-31, 2027/1/31, 2027年1月31日."""
    if cell.is_formula or cell.is_error:
        return None, plain(cell)[1]
    value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
    if isinstance(value, str) and (found := DAY.fullmatch(value.strip())):
        year, month, of_month = (int(part) for part in found.groups())
        try:
            value = date(year, month, of_month)
        except ValueError:
            return None, f"没有“{found[0]}”这一天"
    if not isinstance(value, date):
        return None, f"“{str(value)[:SHOWN]}”应写成 2027-01-31 这样的日期"
    if value.year not in YEARS:
        return None, f"{value.isoformat()} 的年份不对，应在 {YEARS[0]} 到 {YEARS[-1]} 年"
    return value, ""


def _kind(value: object) -> str:
    return "是或否" if isinstance(value, bool) else "日期或时间"
