"""The form a person sends: the city's few fields and a statement, nothing that is held already."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from .journey import FormField, Journey
from .refusals import FieldUnknown, FormInvalid

STATEMENT = "statement"
TRANSPORT = {"csrfmiddlewaretoken"}
LARGEST = 100_000_000  # yuan
LONGEST_TEXT = 200
MONEY = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")  # no 1e5, no +5: what stands there is meant


def read_application(journey: Journey, sent: Mapping[str, str]) -> dict[str, str]:
    """The values, each in one spelling; refuses with a sentence for each field."""
    if set(sent) - {one.name for one in journey.fields} - {STATEMENT} - TRANSPORT:
        raise FieldUnknown
    read, faults = {}, {}
    for one in journey.fields:
        try:
            read[one.name] = READERS[one.kind](sent.get(one.name, ""), one)
        except ValueError as fault:
            faults[one.name] = [str(fault)]
    if sent.get(STATEMENT) != "on":
        faults[STATEMENT] = ["请勾选本人声明"]
    if faults:
        raise FormInvalid(fields=faults)
    return read


def _plain(text: str) -> str:
    """Full-width digits and blanks, as Chinese keyboards make them, are meant as plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


def _money(text: str, one: FormField) -> str:
    wrong = ValueError(f"{one.label}请填大于 0 的数，最多两位小数，例如 50000 或 50000.50")
    plain = _plain(text).replace(",", "")
    if not MONEY.fullmatch(plain):
        raise wrong
    amount = Decimal(plain)
    if not 0 < amount <= LARGEST:
        raise wrong
    return f"{amount:.2f}"


def _digits(text: str, one: FormField) -> str:
    digits = _plain(text)
    if len(digits) != one.length or not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{one.label}请填 {one.length} 位数字")
    return digits


def _text(text: str, one: FormField) -> str:
    words = _plain(text)
    if not 0 < len(words) <= LONGEST_TEXT:
        raise ValueError(f"{one.label}请填 1 到 {LONGEST_TEXT} 个字")
    return words


READERS = {"money": _money, "digits": _digits, "text": _text}
