"""What is said of a data element, and as what components above see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from diebian.standards.elements import Format, format_of, item_mismatch, type_mismatch
from diebian.standards.metadata import ItemType
from diebian.standards.pinyin import initials

LONGEST_INITIALS = 200


@dataclass(frozen=True)
class ElementFacts:
    name: str
    definition: str
    type: ItemType
    format: str
    source: str
    check: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    aliases: Sequence[str] = ()

    @property
    def columns(self) -> dict[str, object]:
        """As its row keeps it; with what is searched."""
        named = [self.name, *self.aliases]
        letters = " ".join(initials(one) for one in named)
        return {
            "name": self.name,
            "definition": self.definition,
            "type": self.type,
            "format": self.format,
            "source": self.source,
            "check_kind": self.check,
            "codes": [list(pair) for pair in self.codes.items()],
            "aliases": list(self.aliases),
            "initials": letters[:LONGEST_INITIALS],
            "search_text": "\n".join([*named, self.definition]).lower(),
        }


@dataclass(frozen=True)
class DataElement:
    """A registered element, as an item or a column names it. No model leaves this component."""

    identifier: str
    name: str
    aliases: Sequence[str]
    type: ItemType
    written: str  # 表示格式
    check: str  # a kind of quality rule, or empty
    codes: Mapping[str, str]
    source: str
    is_retired: bool
    href: str

    @property
    def format(self) -> Format | None:
        return format_of(self.written)

    def differs_from_type(self, here: ItemType) -> str:
        """Why a column of this type does not agree with it; empty where it does."""
        return type_mismatch(self.type, here)

    def differs_from_item(self, here: ItemType, length: str) -> str:
        """Why an item of this type and length does not agree with it; empty where it does."""
        return item_mismatch(self.type, self.written, here, length)
