"""Who would lose something if a resource were unmounted: grants that stand, requests under way."""

from collections.abc import Sequence

from django.db.models import Q

from diebian.base.catalogue.public import Users

from .models import OPEN_STATES, RequestState, ShareRequest, Standing


def _names(resource: int) -> Sequence[str]:
    standing = [Standing.ACTIVE, Standing.SUSPENDED]
    granted = Q(state=RequestState.ACTIVE, grant__standing__in=standing)
    rows = ShareRequest.objects.filter(granted | Q(state__in=OPEN_STATES), resource=resource)
    return list(rows.order_by("pk").values_list("consumer__name", flat=True))


USERS = Users(slug="exchange", names=_names)
