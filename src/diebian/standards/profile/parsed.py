from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .documents import Document
from .tables import Row, Table


@dataclass(frozen=True)
class Parsed:
    """The files of a folder that could be read. References are looked up here.

    A file whose header or shape is wrong is not among them: its own faults come first, and
    what refers to it is looked at when they are gone.
    """

    tables: Mapping[str, Table] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)

    def rows(self, file: str) -> Table:
        return self.tables.get(file, Table(file))

    def codes(self, file: str) -> dict[str, Row] | None:
        """By code; None when the file is absent or not readable, so that nothing can be said."""
        table = self.tables.get(file)
        return table.by("code") if table is not None and table.is_sound else None

    def document(self, file: str) -> Document | None:
        return self.documents.get(file)

    def holidays(self) -> Iterator[Table]:
        for name, table in sorted(self.tables.items()):
            if name.startswith("holidays_"):
                yield table

    def data(self, file: str) -> dict[str, Any]:
        found = self.documents.get(file)
        return found.data if found is not None else {}
