"""What the gateway knows of a resource's health: whether it is called, and answers as agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Sum

from diebian.base.catalogue.public import Aspect, HealthSource, Reading
from diebian.base.exchange.metering.models import Call
from diebian.kernel import clock

from .models import ContractFault

LATELY, MOST_TOLD = timedelta(days=30), 3


@dataclass(frozen=True)
class Deviation:
    resource: str
    column: str  # empty: the whole answer
    says: str
    times: int
    last: datetime


def faults_of(slugs: Sequence[str]) -> list[Deviation]:
    """The days of late together, the most frequent first."""
    since = clock.today() - LATELY
    rows = ContractFault.objects.filter(resource__in=slugs, day__gte=since)
    sums = rows.values("resource", "column", "says").annotate(of=Sum("times"), last=Max("last_at"))
    told = sums.order_by("-of", "column", "says")
    return [
        Deviation(one["resource"], one["column"], one["says"], one["of"], one["last"])
        for one in told
    ]


def _called(slugs: Sequence[str]) -> Mapping[str, Reading]:
    rows = Call.objects.filter(route__in=slugs, at__gte=clock.now() - LATELY)
    counted = rows.values_list("route").annotate(of=Count("pk"), last=Max("at"))
    told = {slug: (of, last) for slug, of, last in counted}
    return {slug: _reading(*told[slug]) if slug in told else NOBODY for slug in slugs}


def _reading(count: int, last: datetime) -> Reading:
    return Reading(
        True,
        f"近 {LATELY.days} 天 {count} 次，最近一次 {last.astimezone(clock.CITY_TIME):%Y-%m-%d}",
    )


def _as_agreed(slugs: Sequence[str]) -> Mapping[str, Reading]:
    """Only of those whose system answered otherwise than agreed; of the others it says nothing."""
    found: dict[str, list[str]] = {}
    for one in faults_of(slugs):
        where = f"{one.column} " if one.column else ""
        found.setdefault(one.resource, []).append(f"{where}{one.says}（{one.times} 次）")
    return {
        slug: Reading(False, f"近 {LATELY.days} 天的答复不合约定：{'、'.join(told[:MOST_TOLD])}")
        for slug, told in found.items()
    }


NOBODY = Reading(False, f"近 {LATELY.days} 天没有人调用")
SOURCE = HealthSource(slug="exchange-calls", aspect=Aspect.CALLED, tell=_called)
AGREED = HealthSource(slug="exchange-agreed", aspect=Aspect.CORRECT, tell=_as_agreed)
