"""`data_elements.yaml`: 数据元 of the city, and which columns of collected tables hold them."""

from diebian.standards.elements import IDENTIFIER, Check
from diebian.standards.metadata import ItemType

from .shapes import ListOf, MapOf, Record, Text
from .words import FILLED, FREE, MARK, SLUG, one_of, pattern

FILE = "data_elements.yaml"
WORDS = Text()
NAMED = Text(pattern(IDENTIFIER, "应为字母、数字和 . - _ 组成的标识符"))
ELEMENT = Record(
    {
        "identifier": NAMED,
        "name": WORDS,
        "definition": WORDS,
        "type": Text(one_of(ItemType.labels)),
        "format": Text(FREE),
        "source": WORDS,
        "status": Text(MARK),
    },
    {
        "aliases": ListOf(WORDS),
        "check": Text(one_of(Check.values)),
        "codes": MapOf(WORDS, FILLED, least=1),
    },
)
TABLE = Record({"table": Text(SLUG), "columns": MapOf(NAMED, FILLED, least=1)})
ELEMENTS = Record({"elements": ListOf(ELEMENT, least=1)}, {"tables": ListOf(TABLE)})
