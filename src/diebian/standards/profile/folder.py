"""A whole folder: each file by its own rules, then what the files say of each other."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from . import columns, contents, ways
from .case_systems import CASE_SYSTEMS
from .case_systems import FILE as CASE_SYSTEMS_FILE
from .documents import Document, read_json, read_yaml
from .elements import ELEMENTS
from .elements import FILE as ELEMENTS_FILE
from .faults import Fault
from .halls import FILE as HALLS_FILE
from .halls import HALLS
from .infrastructure import INFRASTRUCTURE
from .item_details import FILE as DETAILS_FILE
from .item_details import ITEM_DETAILS
from .journeys import JOURNEY
from .licences import FILE as LICENCES_FILE
from .licences import LICENCES
from .master_data import MASTER_DATA
from .measures import FIGURES, INDICATORS
from .opening import OPEN_DATA
from .parsed import Parsed
from .quality import QUALITY
from .ratings import FILE as RATINGS_FILE
from .ratings import RATINGS
from .references import (
    calendar,
    case_systems,
    elements,
    halls,
    item_details,
    journey,
    journey_items,
    licences,
    master_data,
    measures,
    offers,
    opening,
    people,
    places,
    supervision,
    themes,
    upper,
    walk,
)
from .shapes import Place, Shape
from .supervision import FILE as SUPERVISION_FILE
from .supervision import SUPERVISION
from .tables import Spec, Table, read_table

HOLIDAYS = re.compile(r"holidays_\d{4}\.csv")
DOCUMENTS: Mapping[str, Shape] = {
    "city.yaml": contents.CITY,
    "people.yaml": contents.PEOPLE,
    "sandbox.yaml": contents.SANDBOX,
    "journey.yaml": JOURNEY,
}
OPTIONAL_DOCUMENTS: Mapping[str, Shape] = {
    "indicators.yaml": INDICATORS,
    "infrastructure.yaml": INFRASTRUCTURE,
    "seed_figures.yaml": FIGURES,
    "map.json": contents.MAP,
    "quality.yaml": QUALITY,
    "master_data.yaml": MASTER_DATA,
    "open_data.yaml": OPEN_DATA,
    CASE_SYSTEMS_FILE: CASE_SYSTEMS,
    ELEMENTS_FILE: ELEMENTS,
    DETAILS_FILE: ITEM_DETAILS,
    HALLS_FILE: HALLS,
    LICENCES_FILE: LICENCES,
    RATINGS_FILE: RATINGS,
    SUPERVISION_FILE: SUPERVISION,
}
REFERENCES = (
    places, offers, themes, calendar, measures, people, journey, journey_items, opening,
    master_data, upper, walk, elements, item_details, halls,
    supervision, case_systems, licences,
)  # fmt: skip


def read_folder(folder: Path, faults: list[Fault]) -> Parsed:
    if not folder.is_dir():
        faults.append(Fault(folder.name or str(folder), 1, "没有这个文件夹"))
        return Parsed()
    present = {file.name for file in folder.iterdir() if not file.name.startswith(".")}
    tables = _tables(folder, present, faults)
    documents = _documents(folder, present, faults)
    details = documents.get(DETAILS_FILE)
    faults.extend(ways.faults(folder, details.data if details else None))
    known = {ways.FOLDER, *columns.REQUIRED, *columns.OPTIONAL, *DOCUMENTS, *OPTIONAL_DOCUMENTS}
    faults.extend(
        Fault(name, 1, "不认识这个文件，请看文件名有没有写错")
        for name in sorted(present - known)
        if not HOLIDAYS.fullmatch(name) and not name.endswith(".md")
    )
    parsed = Parsed(tables, documents)
    for part in REFERENCES:
        faults.extend(part.faults(parsed))
    return parsed


def _tables(folder: Path, present: set[str], faults: list[Fault]) -> dict[str, Table]:
    wanted: dict[str, Spec] = dict(columns.REQUIRED)
    wanted |= {name: spec for name, spec in columns.OPTIONAL.items() if name in present}
    years = sorted(name for name in present if HOLIDAYS.fullmatch(name))
    wanted |= dict.fromkeys(years, columns.HOLIDAYS)
    if not years:
        faults.append(Fault("holidays_2026.csv", 1, "缺少工作日历（holidays_年份.csv）"))
    return {name: read_table(folder / name, spec, faults) for name, spec in wanted.items()}


def _documents(folder: Path, present: set[str], faults: list[Fault]) -> dict[str, Document]:
    wanted = dict(DOCUMENTS)
    wanted |= {name: shape for name, shape in OPTIONAL_DOCUMENTS.items() if name in present}
    found = {name: _document(folder / name, shape, faults) for name, shape in wanted.items()}
    return {name: document for name, document in found.items() if document is not None}


def _document(file: Path, shape: Shape, faults: list[Fault]) -> Document | None:
    """The document if its shape holds; one that is broken is not asked what it refers to."""
    wrong: list[Fault] = []
    read = read_json if file.suffix == ".json" else read_yaml
    document = read(file, wrong)
    faults.extend(wrong)
    if document is None:
        return None
    shaped = list(_shape_faults(document, shape))
    faults.extend(shaped)
    return None if shaped else document


def _shape_faults(document: Document, shape: Shape) -> Iterator[Fault]:
    yield from shape.faults(document.data, Place(document))
