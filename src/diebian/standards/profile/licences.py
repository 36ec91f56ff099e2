"""`licences.yaml`: which collected tables hold licences (电子证照), and which column is what.

The page on which a table is declared reads the same document: one shape, the same sentences.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .documents import Document, Steps, read_yaml_text
from .faults import Fault
from .shapes import Either, ListOf, MapOf, Place, Record, Text
from .words import CODE, FREE, SLUG, USERNAME, one_of

FILE = "licences.yaml"
# The component's own words; `base/licences/tests` keeps them alike.
STATES = ("in_force", "suspended", "revoked", "cancelled", "superseded", "void")
WORDS, ANY_TEXT, SHORT = Text(), Text(FREE), Text(SLUG)
TYPE = Text(CODE)
TABLE = Record(
    {
        "slug": SHORT,
        "title": WORDS,
        "table": SHORT,
        "type": Either((TYPE, Record({"from": WORDS, "codes": MapOf(TYPE, FREE, least=1)}))),
        "number": WORDS,
        "holder_number": WORDS,
        "holder_name": WORDS,
        "issued": WORDS,
        "status": Record({"from": WORDS, "codes": MapOf(Text(one_of(STATES)), FREE, least=1)}),
    },
    {
        "declared_by": Text(USERNAME),
        "until": Record({"from": WORDS}, {"endless": ListOf(ANY_TEXT, least=1)}),
        "identifier": WORDS,  # where the issuer numbers its licences by GB/T 36904 itself
        "fields": MapOf(WORDS, FREE),
    },
)
LICENCES = Record({"tables": ListOf(TABLE, least=1)})


def read_table(text: str, name: str) -> tuple[Mapping[str, Any] | None, list[Fault]]:
    """One table as a person typed it; nothing, with what is wrong, where it cannot be used."""
    faults: list[Fault] = []
    document = read_yaml_text(name, text, faults)
    if document is None or faults:
        return None, faults
    faults += LICENCES.faults(document.data, Place(document))
    if not faults:
        faults += tables_faults(document)
    if not faults and len(document.data["tables"]) > 1:
        faults.append(document.fault("这一页一次写一张表", "tables", 1))
    return (None, sorted(faults)) if faults else (document.data["tables"][0], [])


def tables_faults(document: Document) -> Iterator[Fault]:
    """What the tables say of each other."""
    for key in ("slug", "table"):
        seen: set[str] = set()
        for place, one in enumerate(document.data["tables"]):
            at: Steps = ("tables", place, key)
            if one[key] in seen:
                yield document.fault(f"{one[key]} 写了两次", *at)
            seen.add(one[key])


def types_of(one: Mapping[str, Any]) -> dict[str, str]:
    """The city's type by the table's own word for it; one type for all rows has no word."""
    told = one["type"]
    return {"": told} if isinstance(told, str) else dict(told["codes"])
