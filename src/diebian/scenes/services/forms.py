"""The form a person sends: the city's few fields and a statement, nothing that is held already."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from diebian.standards.identifiers import is_id_number

from .journey import FormField, Journey
from .refusals import FieldUnknown, FormInvalid

STATEMENT = "statement"
TRANSPORT = {"csrfmiddlewaretoken"}
LARGEST = 100_000_000  # yuan
LONGEST_TEXT, LONGEST = 200, 1000
LONGEST_COUNT = 9  # digits
DATE = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?")
PHONE = re.compile(r"1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}")
MONEY = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")  # no 1e5, no +5: what stands there is meant


def read_application(journey: Journey, sent: Mapping[str, str]) -> dict[str, str]:
    return read_fields(journey.fields, sent)


def read_fields(fields: Sequence[FormField], sent: Mapping[str, str]) -> dict[str, str]:
    """The values, each in one spelling; refuses with a sentence for each field."""
    if set(sent) - {one.name for one in fields} - {STATEMENT} - TRANSPORT:
        raise FieldUnknown
    read, faults = {}, {}
    for one in fields:
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


def _long(text: str, one: FormField) -> str:
    words = _plain(text.replace("\r\n", "\n"))
    if not 0 < len(words) <= LONGEST:
        raise ValueError(f"{one.label}请写 1 到 {LONGEST} 个字")
    return words


def _count(text: str, one: FormField) -> str:
    digits = _plain(text)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_COUNT):
        raise ValueError(f"{one.label}请填整数，例如 20")
    return str(int(digits))


def _date(text: str, one: FormField) -> str:
    """As a browser's picker sends it, and as people write it."""
    written = DATE.fullmatch(_plain(text))
    try:
        return date(*map(int, written.groups())).isoformat() if written else _no_date(one)
    except ValueError:
        return _no_date(one)


def _no_date(one: FormField) -> str:
    raise ValueError(f"{one.label}请填日期，例如 2026-05-01")


def _phone(text: str, one: FormField) -> str:
    number = _plain(text).replace(" ", "")
    if not PHONE.fullmatch(number):
        raise ValueError(f"{one.label}请填 11 位手机号，或带区号的固定电话")
    return number


def _id_number(text: str, one: FormField) -> str:
    number = _plain(text).upper()
    if not is_id_number(number):
        raise ValueError(f"{one.label}请填 18 位身份证号，最后一位可能是 X")
    return number


READERS = {
    "money": _money,
    "digits": _digits,
    "text": _text,
    "long": _long,
    "count": _count,
    "date": _date,
    "phone": _phone,
    "id_number": _id_number,
}
