"""The exchange's own figures, counted from the book of calls."""

from dataclasses import dataclass

from django.db.models import Count

from diebian.base.catalogue.public import resources_asking
from diebian.base.exchange.adapters.models import Upstream

from .models import ANSWERED
from .selectors import calls


@dataclass(frozen=True)
class KindCalls:
    """A resource that was called, and how often a call of it was answered."""

    slug: str
    level: str  # national, province; empty: the city's own
    calls: int


def upstream_systems() -> dict[str, str]:
    """Nodes above the city, and the level of each."""
    return dict(Upstream.objects.order_by("pk").values_list("system", "level"))


def calls_by_kind() -> list[KindCalls]:
    """Answered calls through the gateway since the book was begun, by resource."""
    levels = upstream_systems()
    above = {one.slug: levels[one.contract["system"]] for one in resources_asking(list(levels))}
    rows = calls().filter(status=ANSWERED).exclude(route="")
    told = rows.order_by("route").values_list("route").annotate(of=Count("pk"))
    return [KindCalls(slug, above.get(slug, ""), of) for slug, of in told]
