"""What the gateway's books know of a resource's health: whether anybody calls it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Max

from diebian.base.catalogue.public import Aspect, HealthSource, Reading
from diebian.kernel import clock

from .models import Call

LATELY = timedelta(days=30)


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


NOBODY = Reading(False, f"近 {LATELY.days} 天没有人调用")
SOURCE = HealthSource(slug="exchange-calls", aspect=Aspect.CALLED, tell=_called)
