"""Who was given something, and who still has it: what was delivered stays after it was sent."""

from collections.abc import Collection
from dataclasses import dataclass

from diebian.base.exchange.grants.models import Grant, Mode, RequestState

from .models import DELIVERY, Call


@dataclass(frozen=True)
class Holder:
    department: str  # credit code
    request: int
    mode: Mode  # a table in its own database, or a file


def holders_of(resources: Collection[str]) -> list[Holder]:
    """Of these resources (slugs), by the books of uses: who received at least once, and has not
    said what became of it.
    """
    uses = Call.objects.filter(instance=DELIVERY, route__in=resources)
    received = set(uses.values_list("route", "system").distinct())
    grants = Grant.objects.filter(request__resource__slug__in=resources)
    grants = grants.filter(request__mode__in=[Mode.TABLE, Mode.FILE])
    grants = grants.exclude(request__state=RequestState.CLOSED)
    related = grants.select_related("request__consumer", "request__resource").order_by("pk")
    return [
        Holder(one.request.consumer.credit_code, one.request_id, Mode(one.request.mode))
        for one in related
        if (one.request.resource.slug, one.system) in received
    ]


def was_granted(*, resource: str, consumer: str) -> bool:
    """Whether a department (credit code) may use this, or once might."""
    grants = Grant.objects.filter(request__resource__slug=resource)
    return grants.filter(request__consumer__credit_code=consumer).exists()
