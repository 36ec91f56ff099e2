"""What the end of a dispute does to a request that was refused."""

from django.db import transaction

from diebian.base.exchange import policy
from diebian.base.exchange.grants.models import RequestState, ShareRequest
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Refused

from .rows import locked, move, text


@transaction.atomic
def agree_by_ruling(*, request_id: int, ruling: str, by: Actor) -> ShareRequest:
    """As if the provider had agreed today: its head is bound, the provision clock starts.

    The period that was asked for is not eaten up by the dispute: it ends so much later.
    """
    request = locked(request_id)
    if not policy.may_carry_out_ruling(by):
        raise Refused
    request.ruling, request.agreed_at = text(ruling), clock.now()
    asked_on = request.requested_at.astimezone(clock.CITY_TIME).date()
    request.valid_to += clock.today() - asked_on
    return move(request, RequestState.REFUSED, RequestState.AGREED, by, verb="agreed_by_ruling")
