"""Which items are had from elsewhere, how; and what was taken in here for other cities."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.carried_models import Carried, CarriedState
from diebian.scenes.services.items.models import ItemVersion, State
from diebian.scenes.services.models import ServiceItem
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor
from diebian.standards.crossing import Way, ways_in

from . import policy


@dataclass(frozen=True)
class Line:
    item: ServiceItem
    ways: Sequence[Way]


@dataclass(frozen=True)
class Field:
    """One department's."""

    department: str
    lines: Sequence[Line]


def fields_of(words: str = "", way: str = "") -> list[Field]:
    """Of the versions in force; `words` in names of items and departments, `way` as kept."""
    rows = ItemVersion.objects.filter(
        item__cross_region=True, item__retired_on=None, state=State.IN_FORCE
    ).filter(Q(item__name__contains=words) | Q(item__department__name__contains=words))
    if way:
        rows = rows.filter(document__cross_ways__contains=[way])
    found: dict[str, list[Line]] = defaultdict(list)
    rows = rows.select_related("item__department").order_by("item__department", "item__code")
    for row in rows:
        found[row.item.department.name].append(Line(row.item, ways_in(row.facts.cross_ways)))
    return [Field(name, lines) for name, lines in found.items()]


def carried_items() -> QuerySet[ServiceItem]:
    """Which a window may take in for the same item of another city."""
    rows = ItemVersion.objects.filter(
        state=State.IN_FORCE, document__cross_ways__contains=[Way.HANDED.value]
    )
    return ServiceItem.objects.filter(retired_on=None, versions__in=rows).order_by("code")


def carried_here(by: Actor) -> QuerySet[Carried]:
    """By the windows of this clerk's body; what is not done first."""
    rows = Carried.objects.filter(department__credit_code=by.department)
    return rows.select_related("item").order_by("-pk")


def is_late(of: Carried) -> bool:
    return of.state == CarriedState.TAKEN and of.send_by < clock.today()


def carried_for(by: Actor, number: str) -> Carried:
    """Another window's does not exist. Each look at the person's name and telephone is written."""
    rows = Carried.objects.select_related("item", "department").prefetch_related("events")
    found = rows.filter(number=number).first()
    if found is None or not policy.may_follow(by, found):
        raise NotFound
    audit.record(by=by, action="services.carried.looked_at", subject=found.audit_subject)
    return found
