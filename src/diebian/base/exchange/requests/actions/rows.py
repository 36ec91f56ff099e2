"""Rows as they are now, locked until the commit, and the one way in which they change state."""

from collections.abc import Callable, Collection

from django.db import transaction

from diebian.base.exchange import policy
from diebian.base.exchange.gateway.publishing import publish
from diebian.base.exchange.grants.models import (
    CALLED,
    Extension,
    Grant,
    RequestState,
    ShareRequest,
    Standing,
)
from diebian.base.exchange.requests.refusals import GrantEnded, ReasonMissing, WrongState
from diebian.base.exchange.requests.telling import tell_extension, tell_moved
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused


def locked(request_id: int) -> ShareRequest:
    requests = ShareRequest.objects.select_for_update(of=("self",))
    requests = requests.select_related("consumer", "resource__entry__provider")
    request = requests.filter(pk=request_id).first()
    if request is None:
        raise NotFound
    return request


def locked_grant(
    grant_id: int,
    standings: Collection[Standing],
    by: Actor,
    *,
    may: Callable[[Actor, Grant], bool] = policy.may_revoke,
) -> Grant:
    grants = Grant.objects.select_for_update(of=("self",))
    grants = grants.select_related("request__consumer", "request__resource__entry__provider")
    grant = grants.filter(pk=grant_id).first()
    if grant is None:
        raise NotFound
    if not may(by, grant):
        raise Refused
    if grant.standing not in standings:
        raise GrantEnded
    return grant


def stand(grant: Grant, standing: Standing, by: Actor, verb: str = "") -> None:
    grant.standing = standing
    grant.save(update_fields=["standing", "reason", "revoked_at", "rectified", "step_at"])
    action = f"exchange.grant.{verb or standing.value}"
    audit.record(by=by, action=action, subject=grant.audit_subject)
    if grant.request.mode in CALLED:  # of others the gateway knows nothing
        transaction.on_commit(publish)


def move(
    request: ShareRequest,
    before: RequestState,
    after: RequestState,
    by: Actor,
    verb: str = "",
) -> ShareRequest:
    if request.state != before:
        raise WrongState
    request.state = after
    if after == RequestState.CLOSING:
        request.closing_at = clock.now()
    request.save()
    action = f"exchange.request.{verb or after.value}"
    audit.record(by=by, action=action, subject=request.audit_subject)
    tell_moved(request)
    return request


def extended(request: ShareRequest, extension: Extension, by: Actor) -> ShareRequest:
    request.extension = extension
    request.save()
    action = f"exchange.request.extension_{extension.value}"
    audit.record(by=by, action=action, subject=request.audit_subject)
    tell_extension(request)
    return request


def text(given: str) -> str:
    if not given.strip():
        raise ReasonMissing
    return given.strip()
