"""Where a case belongs, and with that who decides it. The case is locked by the caller."""

from diebian.base.directory.public import counties
from diebian.scenes.services.carrying.following import hand_over
from diebian.scenes.services.competence import Competent, competent, places_of
from diebian.scenes.services.models import Case
from diebian.scenes.services.refusals import FormInvalid, PlaceUnknown
from diebian.security.identity.public import Actor, department_keys

from .rows import happened

PLACE = "place"


def place_as_told(case: Case, place: str) -> None:
    """The person says where: a fault stands at its field."""
    try:
        place_case(case, place)
    except PlaceUnknown as unknown:
        raise FormInvalid(fields={PLACE: [unknown.title]}) from unknown


def place_as_found(case: Case, county: str, by: Actor) -> None:
    """A department's answer says where it is: that counts more than what was said before."""
    if county not in {"", case.place} and county in places_of(case.version.facts):
        was = case.department_id
        place_case(case, county)
        if case.department_id != was:
            happened(case, "assigned", by, case.competence)
    if county:
        case.county = county
        case.save(update_fields=["county"])


def county_in(found: Competent) -> str:
    """Six digits; empty for what the city decides on its own level."""
    return found.place if found.place in counties() else ""


def place_case(case: Case, place: str) -> None:
    """Raises `PlaceUnknown`."""
    found = competent(case.version.facts, place)
    case.place, case.competence = found.place, found.reason
    is_another = case.department.credit_code != found.credit_code
    if is_another:
        case.department_id = department_keys()[found.credit_code]
    case.county = county_in(found)
    case.save(update_fields=["place", "competence", "department", "county"])
    if is_another:
        hand_over(case)
