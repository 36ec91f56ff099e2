"""For whom one may apply for a theme: whoever gave one its members, each a matter of its own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from diebian.base.mandates import public as mandates
from diebian.base.mandates.public import Matter, Standing
from diebian.scenes.services.behalf import matter_of
from diebian.scenes.services.items.facts import ORGANISATIONS, PERSONS
from diebian.scenes.services.items.models import ServiceItem
from diebian.scenes.services.themes.models import Theme
from diebian.security.identity.public import Actor


@dataclass(frozen=True)
class Whom:
    """Somebody for whom this one may apply; `lacking`: names of members that were not given."""

    standing: Standing
    lacking: Sequence[str]


def whom_for(by: Actor | None, theme: Theme, members: Collection[str]) -> list[Whom]:
    """Persons and companies that gave this one at least one of these members."""
    if by is None or not (held := mandates.standings_of(holder=by)):
        return []
    matters, found = matters_of(members), []
    for giver in dict.fromkeys(one.giver_key for one in held):
        own = [one for one in held if one.giver_key == giver]
        given = [matter for matter in matters if any(one.reaches(matter) for one in own)]
        if given and (is_for_companies(theme) or not own[0].is_company):
            using = [one for one in own if any(one.reaches(matter) for matter in given)]
            lacking = [matter.name for matter in matters if matter not in given]
            found.append(Whom(first_to_end(using), lacking))
    return found


def is_for_companies(theme: Theme) -> bool:
    return ORGANISATIONS in theme.objects_of


def is_for_persons(theme: Theme) -> bool:
    """What is for companies alone is begun by a person where the company is still to be founded."""
    return PERSONS in theme.objects_of


def matters_of(members: Collection[str]) -> list[Matter]:
    rows = ServiceItem.objects.filter(code__in=members).select_related("department")
    return [matter_of(one) for one in rows.order_by("code")]


def first_to_end(told: Collection[Standing]) -> Standing:
    return min(told, key=lambda one: one.until)
