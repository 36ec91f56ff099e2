"""在哪里办: who decides each member. Asked once for all whose body depends on it; one that belongs
elsewhere is told by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diebian.scenes.services.actions.placing import PLACE
from diebian.scenes.services.competence import Competence, Competent
from diebian.scenes.services.refusals import FormInvalid, PlaceUnknown
from diebian.scenes.services.themes.models import Application
from diebian.standards.item_codes import Level

from .filling import Member
from .members import members_of

NOT_THERE = "这一项在上面选的地方不办，请在这里单独选"


@dataclass(frozen=True)
class Ask:
    """One member's own place; chosen by itself only where it is another than that of all."""

    code: str
    name: str
    places: Mapping[str, str]  # code to name
    place: str = ""
    faults: Sequence[str] = ()

    @property
    def field(self) -> str:
        return field_of(self.code)


@dataclass(frozen=True)
class Asking:
    places: Mapping[str, str]  # that all of them have
    place: str
    faults: Sequence[str]
    each: Sequence[Ask]

    @property
    def is_apart(self) -> bool:
        return any(one.place or one.faults for one in self.each)


def field_of(code: str) -> str:
    return f"{PLACE}-{code}"


def asked_of(
    members: Sequence[Member], sent: Mapping[str, str], faults: Mapping[str, Sequence[str]]
) -> Asking:
    """`sent`: as the form has it, or `as_sent` of what was kept."""
    each = [
        Ask(one.code, one.name, places, sent.get(field := field_of(one.code), ""),
            faults.get(field, ()))
        for one, places in _depending(members)
    ]  # fmt: skip
    return Asking(_of_all(each), sent.get(PLACE, ""), faults.get(PLACE, ()), each)


def as_sent(of: Application) -> dict[str, str]:
    """What was kept, as the form asks it: the place that most of them have is that of all."""
    kept = [place for place in of.places.values() if place]
    if not kept:
        return {}
    usual = max(dict.fromkeys(kept), key=kept.count)
    apart = {field_of(code): one for code, one in of.places.items() if one not in {"", usual}}
    return {PLACE: usual, **apart}


def read_places(members: Sequence[Member], sent: Mapping[str, str]) -> dict[str, str]:
    """Code of each member to its place, empty where one body does it for all. Raises `FormInvalid`
    with the fault at its field.
    """
    depending, faults = dict[str, Mapping[str, str]](), dict[str, list[str]]()
    told, of_all = {one.code: "" for one in members}, sent.get(PLACE, "")
    for one, places in _depending(members):
        depending[one.code] = places
        told[one.code] = sent.get(field_of(one.code), "") or of_all
    for code, places in depending.items():
        if not told[code]:
            faults[PLACE] = [PlaceUnknown.title]
        elif told[code] not in places:
            faults[field_of(code)] = [NOT_THERE]
    if faults:
        raise FormInvalid(fields=faults)
    return told


def is_filled(of: Application) -> bool:
    """Stated, with a place for each member that has been chosen since."""
    return of.stated_at is not None and set(of.members) <= set(of.places)


def deciding(of: Application) -> dict[str, Competent]:
    """Code of each member to who decides it. What began before places were asked goes to the city's
    body, as it was told then.
    """
    parts = {part.code: part for part in of.version.compiled.parts}
    return {
        one.code: decides(one, of.places[one.code])
        if one.code in of.places
        else Competent(part.credit_code, part.owner, Level.CITY, "", "")
        for one in members_of(of)
        if (part := parts[one.code])
    }


def decides(member: Member, place: str) -> Competent:
    return Competence(member.version.facts).competent(place)


def _depending(members: Sequence[Member]) -> list[tuple[Member, Mapping[str, str]]]:
    told = ((one, Competence(one.version.facts).places) for one in members)
    return [(one, places) for one, places in told if places]


def _of_all(each: Sequence[Ask]) -> dict[str, str]:
    if not each:
        return {}
    return {
        code: name for code, name in each[0].places.items()
        if all(code in one.places for one in each)
    }  # fmt: skip
