"""电子证照标识 (GB/T 36904-2018) in SQL, equal to `standards.identifiers.licence_identifier`.

MOD 37,36 goes through type, issuer, serial and version sign by sign. Type and issuer are the same
for all licences of a type: Python goes through them once, SQL through the fifteen digits after.
"""

from diebian.standards.identifiers import ALPHABET_36, LICENCE_ROOT

from .models import LicenceType

SERIAL, VERSION = 12, 3  # digits


def type_code(of: LicenceType) -> str:
    """The nation's; where none is known a sample: the issuer's code and three digits of ours."""
    if of.national_code:
        return of.national_code
    digits = "".join(sign for sign in of.code if sign.isdigit())
    return f"{of.issuer.credit_code}{int(digits or 0) % 1000:03d}"


def before_serial(of: LicenceType) -> tuple[str, int]:
    """The identifier up to its serial, and where the check stands then."""
    code, issuer = type_code(of), of.issuer.credit_code
    place = len(ALPHABET_36)
    for sign in code + issuer:
        place = _step(place, ALPHABET_36.index(sign))
    return f"{LICENCE_ROOT}.{code}.{issuer}.", place


def _step(place: int, value: int) -> int:
    """As the standard, which takes 36 where a sum leaves nought; in numbers from 1 on."""
    return ((place + value - 1) % 36 + 1) * 2 % 37


def identifier_sql(prefix: str, place: str, serial: str, version: str) -> str:
    """For PostgreSQL, of columns: the parts of `before_serial`, and two whole numbers."""
    told = place
    for number, digits in ((serial, SERIAL), (version, VERSION)):
        for at in range(digits - 1, -1, -1):
            digit = f"mod({number} / {10**at}, 10)"  # a sign of percent would be a parameter
            told = f"mod((mod({told} + {digit} - 1, 36) + 1) * 2, 37)"
    check = f"substr('{ALPHABET_36}', (mod(37 - {told}, 36) + 1)::int, 1)"
    return (
        f"{prefix} || lpad(({serial})::text, {SERIAL}, '0') || '.' || "
        f"lpad(({version})::text, {VERSION}, '0') || '.' || {check}"
    )


def is_identifier_sql(text: str) -> str:
    """For DuckDB: whether a text is a whole identifier with the right check."""
    body = f"list_aggregate(string_split(substr({text}, {len(LICENCE_ROOT) + 2}), '.')[1:4], " \
           "'string_agg', '')"  # fmt: skip
    values = f"list_transform(string_split({body}, ''), lambda c: strpos('{ALPHABET_36}', c) - 1)"
    place = f"list_reduce(list_prepend(36, {values}), lambda p, v: ((p + v - 1) % 36 + 1) * 2 % 37)"
    shape = rf"{LICENCE_ROOT.replace('.', '[.]')}([.][0-9A-Z]+){{4}}[.][0-9A-Z]"
    return (
        f"(regexp_full_match({text}, '{shape}') AND "
        f"right({text}, 1) = substr('{ALPHABET_36}', (37 - {place}) % 36 + 1, 1))"
    )
