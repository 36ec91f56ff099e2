"""What shall become of each entry of a workbook, as data that waits for somebody's word."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from .facts import EntryFacts
from .snapshot import facts_in, kept


class Fate(StrEnum):
    NEW = "新起草"
    EDITED = "修改草稿"
    AGAIN = "撤销后重新起草"
    PROPOSED = "提出变更"


@dataclass(frozen=True)
class Planned:
    """`entry` and `before` are None for a new one."""

    fate: Fate
    facts: EntryFacts
    entry: UUID | None = None
    before: EntryFacts | None = None

    def as_kept(self) -> dict[str, Any]:
        return {
            "fate": self.fate.name,
            "facts": kept(self.facts),
            "entry": str(self.entry) if self.entry else None,
            "before": kept(self.before) if self.before else None,
        }


def planned_in(told: Mapping[str, Any]) -> Planned:
    """What `as_kept` made of it."""
    return Planned(
        fate=Fate[told["fate"]],
        facts=facts_in(told["facts"]),
        entry=UUID(told["entry"]) if told["entry"] else None,
        before=facts_in(told["before"]) if told["before"] else None,
    )
