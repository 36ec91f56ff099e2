"""上级资源: what of the nodes above the city is passed on, what is left of it, and how they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from diebian.base.catalogue.public import ResourceLine, resources_asking
from diebian.base.exchange.adapters.models import Circuit, Upstream, UpstreamDay
from diebian.kernel import clock
from diebian.kernel.errors import NotFound


@dataclass(frozen=True)
class Proxied:
    """One interface of a node, mounted here."""

    resource: ResourceLine
    upstream: Upstream
    used_today: int
    used: int  # ever
    limit: int | None  # a day, as the node grants it
    is_told_out: bool  # the node said itself that today's are used up

    @property
    def left(self) -> int | None:
        if self.limit is None:
            return None
        return 0 if self.is_told_out else max(0, self.limit - self.used_today)

    @property
    def is_resting(self) -> bool:
        return self.upstream.circuit != Circuit.CLOSED


@dataclass(frozen=True)
class NodeLine:
    upstream: Upstream
    interfaces: list[Proxied]

    @property
    def is_resting(self) -> bool:
        return self.upstream.circuit != Circuit.CLOSED

    @property
    def credentials(self) -> list[str]:
        return credentials_in([one.resource for one in self.interfaces])

    @property
    def used(self) -> int:
        return sum(one.used for one in self.interfaces)


def credentials_in(interfaces: Sequence[ResourceLine]) -> list[str]:
    """Titles of those whose contract keeps some in its headers."""
    return [one.title for one in interfaces if one.contract.get("headers")]


def is_upstream(system: str) -> bool:
    """Whether it is a node above the city that is known here."""
    return Upstream.objects.filter(system=system).exists()


def nodes() -> list[NodeLine]:
    known = list(Upstream.objects.order_by("level", "title"))
    found = _proxied(known, resources_asking([one.system for one in known]))
    return [NodeLine(one, [got for got in found if got.upstream == one]) for one in known]


def node(system: str) -> NodeLine:
    found = next((one for one in nodes() if one.upstream.system == system), None)
    if found is None:
        raise NotFound
    return found


def proxied_among(resources: Sequence[ResourceLine]) -> dict[str, Proxied]:
    """By slug, those that a node above answers."""
    systems = {one.contract.get("system", "") for one in resources} - {""}
    known = list(Upstream.objects.filter(system__in=systems)) if systems else []
    return {one.resource.slug: one for one in _proxied(known, resources)} if known else {}


def _proxied(known: Sequence[Upstream], resources: Sequence[ResourceLine]) -> list[Proxied]:
    days = UpstreamDay.objects.filter(upstream__in=known)
    sums = days.values_list("upstream_id", "interface").annotate(of=Sum("used"))
    ever = {(node, interface): used for node, interface, used in sums}
    today = {(one.upstream_id, one.interface): one for one in days.filter(day=clock.today())}
    by_system = {one.system: one for one in known}
    found: list[Proxied] = []
    for resource in resources:
        contract = resource.contract
        upstream = by_system.get(contract.get("system", ""))  # a table or a file has none
        if upstream is None:
            continue
        key = upstream.pk, contract["path"]
        found.append(
            Proxied(
                resource=resource,
                upstream=upstream,
                used_today=today[key].used if key in today else 0,
                used=ever.get(key, 0),
                limit=contract.get("quota", {}).get("day"),
                is_told_out=key in today and today[key].told_out,
            )
        )
    return found
