"""`quality.yaml`: what must be true of the tables that are collected into the lake.

What a kind of rule asks of `told` is the affair of `base/quality/kinds`: loading says what is
wrong with it.
"""

from .shapes import Either, ListOf, MapOf, Record, Text, Whole
from .words import NAME, SLUG

WORDS = Text()
RULE = Record(
    {
        "table": Text(SLUG),
        "kind": Text(NAME),
        "told": MapOf(Either((WORDS, ListOf(WORDS, least=1))), NAME),
    },
    {"basis": WORDS, "days": Whole(1, 60)},
)
QUALITY = Record({"rules": ListOf(RULE, least=1)})
