"""暂停 → 整改 → 恢复: whoever suspended hears that it was put right, and says whether it was.

The regulation knows suspension, rectification and the end (809号令 第二十七条); what is not put
right ends with `revoke`. The days of each side are in `standards/sharing`.
"""

from django.db import transaction

from diebian.base.exchange import policy
from diebian.base.exchange.grants.models import Grant, Standing
from diebian.base.exchange.requests.refusals import GrantEnded, WrongState
from diebian.base.exchange.requests.telling import tell_suspended
from diebian.kernel import clock
from diebian.security.identity.public import Actor

from .rows import locked_grant, stand, text


@transaction.atomic
def suspend(*, grant_id: int, reason: str, by: Actor) -> None:
    """Until what is wrong has been put right; the gateway stops serving after the commit."""
    grant = locked_grant(grant_id, {Standing.ACTIVE}, by, may=policy.may_suspend)
    grant.reason, grant.revoked_at = text(reason), clock.now()
    _turn(grant, by, "suspended")


@transaction.atomic
def rectify(*, grant_id: int, note: str, by: Actor) -> None:
    """已整改: the consumer says what was put right, and the provider's days begin."""
    grant = locked_grant(grant_id, {Standing.SUSPENDED}, by, may=policy.may_rectify)
    if grant.rectified:
        raise WrongState
    _turn(grant, by, "rectified", rectified=text(note))


@transaction.atomic
def send_back(*, grant_id: int, reason: str, by: Actor) -> None:
    """It was looked at and is not right yet: the consumer's days begin again."""
    grant = locked_grant(grant_id, {Standing.SUSPENDED}, by)
    if not grant.rectified:
        raise WrongState
    grant.reason = text(reason)
    _turn(grant, by, "sent_back")


@transaction.atomic
def resume(*, grant_id: int, by: Actor) -> None:
    grant = locked_grant(grant_id, {Standing.SUSPENDED}, by)
    if grant.request.valid_to < clock.today():
        raise GrantEnded
    grant.reason, grant.rectified, grant.revoked_at, grant.step_at = "", "", None, None
    stand(grant, Standing.ACTIVE, by, verb="resumed")
    tell_suspended(grant, "resumed")


def _turn(grant: Grant, by: Actor, verb: str, *, rectified: str = "") -> None:
    """To the other side, whose clock starts now."""
    grant.rectified, grant.step_at = rectified, clock.now()
    stand(grant, Standing.SUSPENDED, by, verb=verb)
    tell_suspended(grant, verb)
