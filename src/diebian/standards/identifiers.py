"""Check characters of the national identifiers, tested with published codes."""

import unicodedata
from datetime import date

from .credit_code import is_credit_code

__all__ = [
    "age_on",
    "check_digit",
    "check_mod_11_10",
    "check_mod_37_36",
    "is_credit_code",
    "is_id_number",
    "is_licence_identifier",
    "is_registration_number",
    "licence_identifier",
    "plain_id_number",
]

ALPHABET_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LICENCE_ROOT = "1.2.156.3005.2"
ID_CHECKS = "10X98765432"
ID_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_ID_LENGTH, _OLD_LENGTH = 18, 15
_REGISTRATION_LENGTH = 15
_LICENCE_PARTS = 5


def is_id_number(text: str) -> bool:
    """公民身份号码, GB 11643-1999: 18 places with a real birth date and a check."""
    if len(text) != _ID_LENGTH or not (text[:17].isascii() and text[:17].isdigit()):
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return text[17] == check_digit(text[:17])


def age_on(id_number: str, day: date) -> int | None:
    """Full years of whom the number belongs to; None where it is no 公民身份号码."""
    if not is_id_number(id_number):
        return None
    born = id_number[6:14]
    return day.year - int(born[:4]) - (f"{day:%m%d}" < born[4:])


def plain_id_number(text: str) -> str:
    """One spelling of one person's number, however it was written down; empty if nothing is left.

    Digits of one width and script, large letters, nothing between them; the old 15 places become
    the same person's 18 (GB 11643-1999). Whether it is right, `is_id_number` says.
    """
    narrow = unicodedata.normalize("NFKC", text)
    plain = "".join(_digit_or_letter(one) for one in narrow if one.isalnum()).upper()
    if len(plain) == _OLD_LENGTH and plain.isascii() and plain.isdigit():
        body = f"{plain[:6]}19{plain[6:]}"
        longer = body + check_digit(body)
        return longer if is_id_number(longer) else plain
    return plain


def check_digit(body: str) -> str:
    """The 18th place for the 17 before it."""
    total = sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True))
    return ID_CHECKS[total % 11]


def _digit_or_letter(one: str) -> str:
    return str(unicodedata.decimal(one)) if one.isdecimal() else one


def check_mod_37_36(body: str) -> str:
    """GB/T 17710 (ISO/IEC 7064) MOD 37,36 hybrid system: the check character of `body`."""
    remainder = 36
    for character in body:
        remainder = ((remainder + ALPHABET_36.index(character)) % 36 or 36) * 2 % 37
    return ALPHABET_36[(37 - remainder) % 36]


def check_mod_11_10(body: str) -> str:
    """GB/T 17710 (ISO/IEC 7064) MOD 11,10 hybrid system: the check digit of digits."""
    remainder = 10
    for digit in body:
        remainder = ((remainder + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - remainder) % 10)


def is_registration_number(text: str) -> bool:
    """市场主体注册号, GS 15—2006: 6 digits of the first registering authority, 8 in order, a check.

    Companies had it before the credit code (2015), sole traders for some years longer.
    """
    is_shaped = len(text) == _REGISTRATION_LENGTH and text.isascii() and text.isdigit()
    return is_shaped and check_mod_11_10(text[:-1]) == text[-1]


def licence_identifier(*, type_code: str, issuer: str, serial: str, version: int = 1) -> str:
    """电子证照标识, GB/T 36904-2018: root, type, issuer, serial, version, check character."""
    body = f"{type_code}.{issuer}.{serial}.{version:03d}"
    return f"{LICENCE_ROOT}.{body}.{check_mod_37_36(body.replace('.', ''))}"


def is_licence_identifier(text: str) -> bool:
    parts = text.removeprefix(f"{LICENCE_ROOT}.").split(".")
    if not text.startswith(f"{LICENCE_ROOT}.") or len(parts) != _LICENCE_PARTS:
        return False
    body = "".join(parts[:4])
    return set(body) <= set(ALPHABET_36) and check_mod_37_36(body) == parts[4]
