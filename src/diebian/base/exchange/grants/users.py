"""Who uses a resource: grants that stand, requests under way; what of its contract they need."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from diebian.base.catalogue.public import Users

from .in_force import GOING_ON
from .models import CALLED, OPEN_STATES, RequestState, ShareRequest
from .sides import users_now


def _names(resources: Sequence[int]) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for resource, name in _rows(resources).values_list("resource", "consumer__name"):
        found[resource].append(name)
    return found


def _losses(resource: int, contract: Mapping[str, Any]) -> Sequence[str]:
    rows = _rows([resource]).select_related("consumer", "resource")
    told: dict[str, dict[str, None]] = defaultdict(dict)  # each loss once, in order
    for one in rows:
        told[one.consumer.name] |= dict.fromkeys(_lost(one, contract))
    return [f"{name}在用{'、'.join(lost)}" for name, lost in told.items() if lost]


def _lost(request: ShareRequest, contract: Mapping[str, Any]) -> Iterator[str]:
    """Columns that it reads; where it calls, what it asks with; where it has a region, that."""
    was = request.resource.contract
    yield from (one for one in request.columns if one not in contract["fields"])
    if request.mode in CALLED and set(was.get("request", ())) != set(contract.get("request", ())):
        yield "现在的参数"
    if request.region and was.get("region") != contract.get("region"):
        yield "按区划给的范围"


def _reach(resources: Sequence[int]) -> Mapping[int, Mapping[str, str]]:
    """The newest request is the page to look at. Each department is asked for once."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    people: dict[str, list[str]] = {}
    for one in _rows(resources).select_related("consumer"):
        of, page = one.consumer.credit_code, reverse("exchange:request", args=[one.pk])
        if of not in people:
            people[of] = users_now(of)
        found[one.resource_id] |= dict.fromkeys([one.requested_by, *people[of]], page)
    return found


def _rows(resources: Sequence[int]) -> QuerySet[ShareRequest]:
    granted = Q(state=RequestState.ACTIVE, grant__standing__in=GOING_ON)
    rows = ShareRequest.objects.filter(granted | Q(state__in=OPEN_STATES))
    return rows.filter(resource__in=list(resources)).order_by("pk")


USERS = Users(slug="exchange", names=_names, losses=_losses, reach=_reach)
