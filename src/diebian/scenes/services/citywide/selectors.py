"""What was received where, and how often each city-wide item is used."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from diebian.base.directory.public import counties, counties_of
from diebian.kernel.errors import NotFound
from diebian.scenes.services.models import ServiceItem
from diebian.scenes.services.receptions.models import Reception
from diebian.security.identity.public import Actor

CITY_HALL = "市级大厅"


@dataclass(frozen=True)
class Field:
    """One department's city-wide items."""

    department: str
    lines: Sequence[tuple[ServiceItem, int]]  # with how many were received at windows


@dataclass(frozen=True)
class Flow:
    """Received there, decided here: how often."""

    received_in: str
    decided_in: str
    count: int

    @property
    def is_elsewhere(self) -> bool:
        return self.received_in != self.decided_in


def city_wide_items() -> QuerySet[ServiceItem]:
    rows = ServiceItem.objects.filter(city_wide=True, retired_on=None)
    return rows.select_related("department").order_by("department__pk", "code")


def fields_of(words: str = "") -> list[Field]:
    """By department; `words` are looked for in names of items and departments."""
    used: Mapping[int, int] = dict(
        Reception.objects.order_by().values_list("case__item_id").annotate(Count("pk"))
    )
    found: dict[str, list[tuple[ServiceItem, int]]] = defaultdict(list)
    for one in city_wide_items():
        if words in one.name or words in one.department.name:
            found[one.department.name].append((one, used.get(one.pk, 0)))
    return [Field(name, lines) for name, lines in found.items()]


def halls() -> list[tuple[str, int, int]]:
    """Name of each county's windows, how many cases they took in, how many for another county."""
    told = _flows(Reception.objects.all())
    taken, elsewhere = Counter[str](), Counter[str]()
    for one in told:
        taken[one.received_in] += one.count
        elsewhere[one.received_in] += one.count * one.is_elsewhere
    return [(name, taken[name], elsewhere[name]) for name in _names().values()]


def flows_of(item: ServiceItem) -> list[Flow]:
    """The busiest first."""
    rows = _flows(Reception.objects.filter(case__item=item))
    return sorted(rows, key=lambda one: (-one.count, one.received_in, one.decided_in))


def city_wide_item(code: str) -> ServiceItem:
    found = city_wide_items().filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def received_here(by: Actor) -> QuerySet[Reception]:
    """By the windows of this clerk's body, on any day."""
    rows = Reception.objects.filter(department__credit_code=by.department)
    rows = rows.select_related("case__item", "case__department", "department")
    return rows.order_by("-at", "-pk")


def _flows(rows: QuerySet[Reception]) -> Iterable[Flow]:
    told = rows.order_by().values_list("county", "case__department__credit_code")
    counted = list(told.annotate(Count("pk")))
    decides_in = counties_of({body for _, body, _ in counted})
    names = _names()
    sums = Counter[tuple[str, str]]()
    for county, body, count in counted:
        sums[names.get(county, county), names.get(decides_in[body], CITY_HALL)] += count
    return [Flow(here, there, count) for (here, there), count in sums.items()]


def _names() -> dict[str, str]:
    return {"": CITY_HALL, **counties()}
