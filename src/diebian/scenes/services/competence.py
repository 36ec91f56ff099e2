"""Who decides: the city's body, or the counterpart of it in a county; and why. Nobody else says it.

Items name the city's body and the levels on which they are done. Where a county has a body that
does the same work there (对口), what belongs to that county is decided by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from diebian.base.directory.public import city, counterparts, counties
from diebian.security.identity.public import department_name
from diebian.standards.item_codes import Level, parts_of

from .refusals import PlaceUnknown

PLACE_DIGITS = 6


class HasLevels(Protocol):
    """The facts of an item's version."""

    @property
    def credit_code(self) -> str: ...
    @property
    def levels(self) -> Sequence[str]: ...
    @property
    def national_code(self) -> str: ...


@dataclass(frozen=True)
class Competent:
    """`place`: six digits of the county, of the city where it acts on its own level, or empty where
    it is the same for every place.
    """

    credit_code: str
    name: str
    level: Level
    place: str
    reason: str


class Competence:
    """Of one item: read once, for as many places as are asked about."""

    def __init__(self, of: HasLevels) -> None:
        self._of = of
        self._bodies = counterparts(of.credit_code) if Level.COUNTY.label in of.levels else {}
        self._counties = counties() if self._bodies else {}

    @property
    def places(self) -> dict[str, str]:
        """Where it can be done, code to name; empty: one body does it for all, nobody is asked."""
        own = city() if self._bodies and Level.CITY.label in self._of.levels else None
        return self._counties | ({own.code: f"{own.name}本级"} if own else {})

    def competent(self, place: str) -> Competent:
        """Raises `PlaceUnknown` where it depends on the place and this is none of them."""
        if not self._bodies:
            return self._city_body("", self._why_one_body())
        if place not in self.places:
            raise PlaceUnknown
        found, county = self._bodies.get(place), self._counties.get(place)
        if county is None:
            return self._city_body(place, "选的是市本级，由市级机关办理")
        if found is None:
            return self._city_body(place, f"{county}没有对口的机关，由市级机关办理")
        reason = f"属地办理：{county}的由{found.name}办"
        return Competent(found.credit_code, found.name, Level.COUNTY, place, reason)

    def everywhere(self) -> list[tuple[str, Competent]]:
        """Each place by its name, with who decides there."""
        return [(name, self.competent(place)) for place, name in self.places.items()]

    def _why_one_body(self) -> str:
        if Level.COUNTY.label in self._of.levels:
            return "各县（市、区）没有对口的机关，由市级机关办理"
        return "这个事项由市级机关办理"

    def _city_body(self, place: str, reason: str) -> Competent:
        code = self._of.credit_code
        return Competent(code, department_name(code), Level.CITY, place, reason)


def places_of(of: HasLevels) -> dict[str, str]:
    return Competence(of).places


def competent(of: HasLevels, place: str) -> Competent:
    """Raises `PlaceUnknown`."""
    return Competence(of).competent(place)


def code_of(of: HasLevels, by: Competent) -> str:
    """实施编码 of the item as this body does it: the base code is the same everywhere."""
    parts = parts_of(of.national_code)
    return str(replace(parts, body=by.credit_code, level=by.level)) if parts else ""
