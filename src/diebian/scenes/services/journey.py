"""How an item is applied for, read into words: as the city declares it, or as it follows.

Declared is what needs more than an item says of itself (`journey.yaml`). Of every other item it
follows from its version, the register of papers and the grants in force (`deriving`), in the same
shape, so that there is one way through a case. What was handed in keeps the one it was filled by.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from .deriving import derived
from .items.models import ItemVersion
from .items.situations import Answers as Chosen
from .journey_parts import (
    Answers,
    Check,
    Claim,
    FormField,
    Journey,
    Material,
    Row,
    Show,
    Verification,
)

__all__ = [
    "Answers",
    "Check",
    "Claim",
    "FormField",
    "Journey",
    "Material",
    "Row",
    "Show",
    "Verification",
    "journey_for",
    "journey_of",
    "told_of",
]


class HasJourney(Protocol):
    """A case. Its `journey` is empty while it is filled, or where its version declares one."""

    @property
    def version(self) -> ItemVersion: ...
    @property
    def chosen(self) -> Chosen: ...
    @property
    def journey(self) -> Mapping[str, Any] | None: ...
    @property
    def applicant_key(self) -> str: ...


def journey_for(case: HasJourney) -> Journey:
    """Of a case: by its version, its applicant with her answers and licences, and what was in force
    when it was handed in.
    """
    return read(case.journey or told_of(case.version, case.chosen, case.applicant_key))


def journey_of(version: ItemVersion, chosen: Mapping[str, str] | None = None) -> Journey:
    """Of an item: `chosen` are answers to its questions; what hangs on one that is not answered
    is left out.
    """
    return read(told_of(version, chosen or {}))


def told_of(version: ItemVersion, chosen: Chosen, holder: str = "") -> Mapping[str, Any]:
    """In the shape of `journey.yaml`. `holder`: key of the applicant, once there is one."""
    return version.journey or derived(version.item.code, version.facts, chosen, holder)


def read(told: Mapping[str, Any]) -> Journey:
    return Journey(
        system=told["system"],
        purpose=told["purpose"],
        asks=told["asks"],
        titles=told["titles"],
        shows=[
            Show(one["ask"], one["field"], one["label"], one.get("kind", "text"))
            for one in told["shows"]
        ],
        fields=[
            FormField(one["name"], one["label"], one["kind"], int(one.get("length", 0)))
            for one in told["form"]
        ],
        statement=told["statement"],
        checks=[_check(one) for one in told["checks"]],
        county=told.get("county", {}),
        decision=told["decision"],
        materials=[_material(one) for one in told["materials"]],
        verifies=[_verification(one, told["titles"]) for one in told.get("verifies", [])],
        purposes=told.get("purposes", {}),
        elsewhere=told.get("elsewhere", []),
    )


def _material(one: Mapping[str, Any]) -> Material:
    return Material(
        name=one["name"],
        answered_by=one["answered_by"],
        says=one["says"],
        also=one.get("also", []),
        code=one.get("code", ""),
        later=one.get("later", 0),
        held=one.get("held", 0),
    )


def _verification(one: Mapping[str, Any], titles: Mapping[str, str]) -> Verification:
    claims = [
        Claim(
            column=claim["column"],
            label=claim["label"],
            kind=claim.get("kind", "text"),
            says=claim.get("says", ""),
            choices=claim.get("choices", {}),
            origin=claim.get("from", ""),
        )
        for claim in one["claims"]
    ]
    return Verification(one["resource"], titles[one["resource"]], claims)


def _check(one: Mapping[str, str]) -> Check:
    return Check(
        ask=one["ask"],
        says=one["says"],
        field=one.get("field", ""),
        equals=one.get("equals"),
        at_least=one.get("at_least"),
    )
