from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .faults import Fault
from .folder import read_folder
from .parsed import Parsed
from .tables import Row


@dataclass(frozen=True)
class CityProfile:
    """What the folder says, row by row, as text. With `faults` it is for reading, not loading."""

    folder: Path
    city: Mapping[str, Any]
    divisions: list[Row]
    organisations: list[Row]
    items: list[Row]
    holidays: list[Row]
    people: Mapping[str, Any]
    journey: Mapping[str, Any]
    map: Mapping[str, Any]
    parsed: Parsed = field(default_factory=Parsed)
    faults: list[Fault] = field(default_factory=list)

    def rows(self, file: str) -> list[Row]:
        """Rows of any CSV file of the folder; none when the city does without it."""
        return self.parsed.rows(file).rows

    def document(self, file: str) -> Mapping[str, Any]:
        """Any YAML or JSON file of the folder; empty when the city does without it."""
        return self.parsed.data(file)


def load(folder: Path) -> CityProfile:
    """Reads and checks everything. Never raises for what stands in the files."""
    faults: list[Fault] = []
    parsed = read_folder(folder, faults)
    return CityProfile(
        folder=folder,
        city=parsed.data("city.yaml"),
        divisions=parsed.rows("divisions.csv").rows,
        organisations=parsed.rows("organisations.csv").rows,
        items=parsed.rows("service_items.csv").rows,
        holidays=[row for table in parsed.holidays() for row in table.rows],
        people=parsed.data("people.yaml"),
        journey=parsed.data("journey.yaml"),
        map=parsed.data("map.json"),
        parsed=parsed,
        faults=sorted(set(faults)),
    )


def check(folder: Path) -> list[Fault]:
    return load(folder).faults
