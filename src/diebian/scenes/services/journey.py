"""What a city declares of an item that can be applied for (`journey.yaml`), read into words.

Nothing here knows a department, a fund or a house: those stand in the city's folder.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .refusals import NotOpenYet

Row = Mapping[str, str]
Answers = Mapping[str, Sequence[Row]]  # slug of an ask → the rows that came


@dataclass(frozen=True)
class Show:
    """One line of the filled form. `kind`: text, fen, date or masked."""

    ask: str
    field: str
    label: str
    kind: str


@dataclass(frozen=True)
class FormField:
    """What only the person knows. `kind`: money, digits or text."""

    name: str
    label: str
    kind: str
    length: int


@dataclass(frozen=True)
class Check:
    """What must hold of an answer, and the words for a person where it does not."""

    ask: str
    says: str
    field: str
    equals: str | None
    at_least: str | None


@dataclass(frozen=True)
class Material:
    name: str
    answered_by: str  # identity, form, statement or the slug of an ask
    says: str
    also: Sequence[str]

    @property
    def names(self) -> Sequence[str]:
        return [self.name, *self.also]


@dataclass(frozen=True)
class Claim:
    """One thing to be compared. `kind`: text, or date (told as eight digits); `choices`: value to
    words; `origin`: the fact of the case that it is filled from (`form.amount`), or empty.
    """

    column: str
    label: str
    kind: str
    says: str
    choices: Mapping[str, str]
    origin: str


@dataclass(frozen=True)
class Verification:
    """核验: what a reviewer may have compared in a live case; only whether it is right comes."""

    resource: str
    title: str
    claims: Sequence[Claim]


@dataclass(frozen=True)
class Journey:
    system: str
    purpose: str
    asks: Sequence[str]
    titles: Mapping[str, str]
    shows: Sequence[Show]
    fields: Sequence[FormField]
    statement: Mapping[str, str]
    checks: Sequence[Check]
    county: Mapping[str, str]
    decision: Mapping[str, Any]
    materials: Sequence[Material]
    verifies: Sequence[Verification]

    @property
    def spared(self) -> int:
        """Materials that a department or identity answers: nobody copies or brings them.

        What the person fills or states is not spared. The figure of the wall counts the same.
        """
        return sum(one.answered_by not in {"form", "statement"} for one in self.materials)

    def kind_of(self, ask: str, field: str) -> str:
        """A field's kind stands where it is shown."""
        return next((s.kind for s in self.shows if (s.ask, s.field) == (ask, field)), "text")


class HasJourney(Protocol):
    """An item, as it is in force; or the version that a case keeps."""

    journey: Any


def journey_of(of: HasJourney) -> Journey:
    """Refuses for an item that cannot be applied for here yet."""
    told = of.journey
    if told is None:
        raise NotOpenYet
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
        materials=[
            Material(one["name"], one["answered_by"], one["says"], one.get("also", []))
            for one in told["materials"]
        ],
        verifies=[_verification(one, told["titles"]) for one in told.get("verifies", [])],
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
