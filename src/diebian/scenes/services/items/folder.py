"""The rows of a city's service_items.csv as facts. Nothing here writes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from diebian.standards.crossing import Way
from diebian.standards.item_codes import HIGHEST_NUMBER, KINDS, LEVELS, Level, sample_code
from diebian.standards.marks import Mark, mark_of
from diebian.standards.procedures import DECIDED_WITHIN, Handling
from diebian.standards.profile import CityProfile, Row

from .facts import Demand, FormField, ItemFacts, Situation, charging_in, kept

Journey = dict[str, Any]
BY_DEFAULT = "law_default"


@dataclass(frozen=True)
class Wanted:
    code: str
    facts: ItemFacts
    journey: Journey | None

    @cached_property
    def digest(self) -> str:
        told = json.dumps([kept(self.facts), self.journey], ensure_ascii=False, sort_keys=True)
        return sha256(told.encode()).hexdigest()


def wanted_in(profile: CityProfile) -> dict[str, Wanted]:
    journeys = _journeys(profile)
    credit_codes = {row["code"]: row["uscc"] for row in profile.organisations}
    licences = {row["code"]: row["name"] for row in profile.rows("licence_types.csv")}
    told = profile.document("item_details.yaml").get("items", [])
    details = {one["code"]: one for one in told}
    province = str(profile.city["code"])[:2]
    wanted = {}
    for row in profile.items:
        journey, told_of_it = journeys.get(row["code"]), details.get(row["code"], {})
        facts = ItemFacts(
            name=row["name"],
            kind=row["kind"],
            credit_code=credit_codes[row["org_code"]],
            **_code(row, credit_codes[row["org_code"]], province),
            levels=tuple(row["levels"].split(";")),
            objects=tuple(row["object"].split(";")),
            **_days(row, is_joint=bool(told_of_it.get("is_joint"))),
            mark=str(mark_of(row["status"])),
            fee=row["fee"],
            result=licences.get(row["result_licence"], ""),
            city_wide=row["city_wide"] == "1",
            system=row["self_built_system"],
            words=" ".join(journey["synonyms"]) if journey else "",
            **_details(told_of_it, row),
        )
        wanted[row["code"]] = Wanted(row["code"], facts, journey)
    return wanted


def _journeys(profile: CityProfile) -> dict[str, Journey]:
    """What can be applied for here, with the titles of what each asks."""
    titles = {told["slug"]: told["title"] for told in profile.journey.get("resources", [])}
    journeys = {}
    for told in profile.journey.get("items", []):
        verified = [one["resource"] for one in told.get("verifies", [])]
        journeys[told["code"]] = {
            **told, "titles": {slug: titles[slug] for slug in [*told["asks"], *verified]}
        }  # fmt: skip
    return journeys


def _code(row: Row, body: str, province: str) -> dict[str, Any]:
    """The city's own code for it, or a sample by rule that says of itself that it is one."""
    if own := row.get("national_code", ""):
        return {"national_code": own, "national_mark": str(mark_of(row["status"]))}
    composed = sample_code(
        body=body,
        level=Level.CITY if Level.CITY.label in row["levels"] else LEVELS[row["levels"]],
        province=province,
        kind=KINDS[row["kind"]],
        department=_number(row["org_code"]),
        number=_number(row["code"]) % (HIGHEST_NUMBER + 1),
    )
    return {"national_code": str(composed), "national_mark": Mark.SAMPLE.value}


def _details(told: Mapping[str, Any], row: Row) -> dict[str, Any]:
    """Papers in the order of the row; a paper of which nothing is said is wanted always."""
    said = {one["material"]: one for one in told.get("materials", [])}
    return {
        "basis": told.get("basis", ""),
        "conditions": tuple(told.get("conditions", ())),
        "windows": told.get("windows", ""),
        "asks_true_will": bool(told.get("asks_true_will", False)),
        "is_joint": bool(told.get("is_joint", False)),
        "process": told.get("process", ""),
        "cross_region": "cross_region" in told,
        "cross_ways": tuple(Way[one.upper()].value for one in told.get("cross_region", ())),
        "materials": tuple(
            _demand(code, said.get(code, {})) for code in row["materials"].split(";") if code
        ),
        "situations": tuple(
            Situation(one["slug"], one["question"], tuple(one["choices"]), one.get("when", {}),
                      one.get("says", ""))
            for one in told.get("situations", ())
        ),
        "fields": tuple(
            FormField(
                one["label"], one.get("from", ""), one.get("when", {}), one.get("kind", "text")
            )
            for one in told.get("fields", ())
        ),
        "charging": charging_in(told.get("charging")),
    }  # fmt: skip


def _demand(code: str, told: Mapping[str, Any]) -> Demand:
    way, note = told.get("way", ""), told.get("note", "")
    when, later = told.get("when", {}), told.get("later", 0)
    return Demand(code, when=when, way=way, note=note, later=later)


def _number(code: str) -> int:
    return int("".join(sign for sign in code if sign.isdigit()) or 0)


def _days(row: Mapping[str, str], *, is_joint: bool) -> dict[str, Any]:
    """What has its days from 行政许可法 has others of it where it is handled jointly."""
    if is_joint and row["statutory_check"] == BY_DEFAULT:
        most = DECIDED_WITHIN[Handling.JOINT]
        row = {**row, "statutory_days": str(most.days), "statutory_source": most.source}
    return {
        "statutory_days": int(row["statutory_days"]) if row["statutory_days"] else None,
        "statutory_unit": row["statutory_unit"],
        "statutory_source": row["statutory_source"],
        "statutory_check": row["statutory_check"],
        "promised_days": int(row["promised_days"]) if row["promised_days"] else None,
        "promised_mark": str(mark_of(row["promised_status"])) if row["promised_days"] else "",
    }
