"""The rows of a city's catalogue.csv as facts. Nothing here writes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from diebian.base.catalogue.facts import EntryFacts, ItemFacts
from diebian.standards.marks import mark_of
from diebian.standards.metadata import ItemType, Privacy, UpdateCycle
from diebian.standards.profile import CityProfile, Row
from diebian.standards.sharing import OpenType, SharingType
from diebian.standards.themes import Theme

SHARING = {label: SharingType(value) for value, label in SharingType.choices}
OPEN = {label: OpenType(value) for value, label in OpenType.choices}
CYCLES = {label: UpdateCycle(value) for value, label in UpdateCycle.choices}
THEMES = {label: Theme(value) for value, label in Theme.choices}
FLAGS = {"P": Privacy.PERSONAL, "S": Privacy.SENSITIVE}
TAKEN = (  # the columns that say something of the entry
    "name", "fields", "share_type", "share_condition", "open_type", "update_cycle",
    "security_level", "theme", "status",
)  # fmt: skip
COUNTY_DIGITS = 6
NO_DAY = date.min


@dataclass(frozen=True)
class Wanted:
    code: str
    credit_code: str
    county: str
    mark: str
    digest: str  # of the row: what is unchanged is neither read into facts nor compared
    row: Row

    @property
    def title(self) -> str:
        return self.row["name"]

    @property
    def facts(self) -> EntryFacts:
        return _facts(self.row)


def wanted_in(profile: CityProfile) -> Mapping[str, Wanted]:
    """By code, but for rows of which the journey has a line of its own: that one wins."""
    organisations = {row["code"]: row for row in profile.organisations}
    claimed = _claimed(profile)
    found = {}
    for row in profile.rows("catalogue.csv"):
        if row["code"] in claimed or (row["org_code"], row["name"]) in claimed:
            continue
        of = organisations[row["org_code"]]
        county = of["division_code"][:COUNTY_DIGITS] if of["level"] == "county" else ""
        mark = str(mark_of(row["status"]))
        told = [of["uscc"], county, *(row.get(column, "") for column in TAKEN)]
        digest = sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
        found[row["code"]] = Wanted(row["code"], of["uscc"], county, mark, digest, row)
    return found


def due_from(facts: EntryFacts, review_due: date, responsible: str = "") -> EntryFacts:
    """The folder names neither a day of review nor a person: these are the entry's own."""
    return replace(facts, review_due=review_due, responsible=responsible)


def _claimed(profile: CityProfile) -> set[object]:
    told = profile.journey.get("resources", [])
    return {one.get("entry_code", "") for one in told} | {
        (one["organisation"], one["entry"]) for one in told
    }


def _facts(row: Row) -> EntryFacts:
    sharing, level = SHARING[row["share_type"]], int(row["security_level"][-2])
    is_withheld = sharing == SharingType.NEVER
    return EntryFacts(
        title=row["name"],
        sharing=sharing,
        review_due=NO_DAY,
        sharing_basis=row["share_condition"] if is_withheld else "",
        share_condition="" if is_withheld else row["share_condition"],
        level=level,
        update_cycle=CYCLES[row["update_cycle"]],
        theme=THEMES.get(row.get("theme", "")),
        open_type=OPEN[row["open_type"]],
        items=tuple(_item(field, level) for field in row["fields"].split(";")),
    )


def _item(field: str, level: int) -> ItemFacts:
    """Its level is not told: as strict as its entry."""
    name, kind, length, flag, *_ = [*field.split(":"), "", "", ""]
    privacy = FLAGS.get(flag) or FLAGS.get(length, Privacy.NONE)
    return ItemFacts(name, ItemType(kind), "" if length in FLAGS else length, level, privacy)
