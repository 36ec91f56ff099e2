"""A grant's life: opened, ended, and what was obtained disposed of. In between: `suspending`."""

from django.db import transaction

from diebian.base.exchange import policy
from diebian.base.exchange.gateway.publishing import publish
from diebian.base.exchange.grants.in_force import GOING_ON
from diebian.base.exchange.grants.models import CALLED, Grant, RequestState, ShareRequest, Standing
from diebian.base.exchange.requests.refusals import NoSystem
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, system_of

from .rows import locked, locked_grant, move, stand, text


@transaction.atomic
def provision(*, request_id: int, by: Actor) -> Grant:
    """The platform opens what was agreed; the gateway serves it after the commit."""
    if not policy.may_provision(by):
        raise Refused
    request = locked(request_id)
    move(request, RequestState.AGREED, RequestState.ACTIVE, by)
    grant = Grant.objects.create(request=request, system=_system(request), granted_at=clock.now())
    if request.renews is not None:
        _replaced(request.renews, by)
    audit.record(by=by, action="exchange.grant.given", subject=grant.audit_subject)
    if request.mode in CALLED:  # of others the gateway knows nothing
        transaction.on_commit(publish)
    return grant


@transaction.atomic
def revoke(*, grant_id: int, reason: str, by: Actor) -> None:
    """For good: whoever needs the data again asks again. What was obtained is to be disposed of."""
    grant = locked_grant(grant_id, GOING_ON, by)
    grant.reason, grant.revoked_at = text(reason), clock.now()
    stand(grant, Standing.REVOKED, by)
    move(grant.request, RequestState.ACTIVE, RequestState.CLOSING, by)


@transaction.atomic
def end_expired(*, by: Actor) -> int:
    """Grants whose last day is over, every morning; returns how many."""
    if not policy.may_work_by_itself(by):
        raise Refused
    grants = Grant.objects.select_for_update(of=("self",)).select_related(
        "request__consumer", "request__resource__entry__provider"
    )
    ended = grants.filter(standing__in=GOING_ON, request__valid_to__lt=clock.today())
    for grant in ended:
        grant.revoked_at = grant.revoked_at or clock.now()
        stand(grant, Standing.ENDED, by)
        move(grant.request, RequestState.ACTIVE, RequestState.CLOSING, by)
    return len(ended)


@transaction.atomic
def confirm_disposal(*, request_id: int, how: str, by: Actor) -> ShareRequest:
    """The consumer says what became of the data once the purpose is over (809号令 第二十五条)."""
    request = locked(request_id)
    if not policy.may_dispose(by, request):
        raise Refused
    request.disposal = text(how)
    return move(request, RequestState.CLOSING, RequestState.CLOSED, by)


def _system(request: ShareRequest) -> str:
    """Who calls. Without the gateway it is the department itself."""
    department = request.consumer.credit_code
    try:
        return system_of(department)
    except NotFound as error:
        if request.mode in CALLED:
            raise NoSystem from error
        return department


def _replaced(old: ShareRequest, by: Actor) -> None:
    """The data goes on being used under the new grant: nothing is to be disposed of."""
    request = locked(old.pk)
    grants = Grant.objects.select_for_update().filter(request=request, standing__in=GOING_ON)
    for grant in grants:
        grant.revoked_at = grant.revoked_at or clock.now()
        stand(grant, Standing.RENEWED, by)
    if request.state == RequestState.ACTIVE:
        request.disposal = "已续期，由新的授权接着使用"
        move(request, RequestState.ACTIVE, RequestState.CLOSED, by)
