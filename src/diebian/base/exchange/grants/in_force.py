"""Which grants may be used now, and which can go on. Said here; the read path says the same in SQL
(`broker.granted`).
"""

from django.db.models import QuerySet

from diebian.kernel import clock

from .models import CALLED, Grant, Standing

GOING_ON = (Standing.ACTIVE, Standing.SUSPENDED)  # a suspension may be taken back


def in_force() -> QuerySet[Grant]:
    """Those that stand, until their last day is over."""
    return Grant.objects.filter(standing=Standing.ACTIVE, request__valid_to__gte=clock.today())


def called_in_force() -> QuerySet[Grant]:
    """Of these what the gateway serves."""
    return in_force().filter(request__mode__in=CALLED)


def is_in_force(grant: Grant) -> bool:
    return grant.standing == Standing.ACTIVE and grant.request.valid_to >= clock.today()
