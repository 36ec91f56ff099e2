"""From a request to a grant and back. Each verb belongs to somebody: see `policy`."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from diebian.base.catalogue.public import resource as resource_of
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError, NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_key, system_of
from diebian.standards.sharing import SharingType

from . import policy
from .gateway import publish
from .models import Grant, RequestState, ShareRequest


class ColumnUnknown(DiebianError):
    code, status, title = "exchange.column_unknown", 422, "申请的信息项不在这个接口里"


class NotShared(DiebianError):
    code, status, title = "exchange.not_shared", 422, "不予共享的目录不能申请，只能提出争议"


class WrongState(DiebianError):
    code, status, title = "exchange.wrong_state", 409, "申请已不在这一步，请刷新后再看"


class ReasonMissing(DiebianError):
    code, status, title = "exchange.reason_missing", 422, "不同意须写明理由"


@transaction.atomic
def request_share(
    *,
    resource: str,
    purpose: str,
    legal_basis: str,
    scene: str,
    columns: Sequence[str],
    tier: str,
    valid_to: date,
    by: Actor,
) -> ShareRequest:
    if not policy.may_request(by):
        raise Refused
    wanted = resource_of(resource)
    if wanted.sharing == SharingType.NEVER:
        raise NotShared
    if unknown := set(columns) - set(wanted.contract["fields"]):
        raise ColumnUnknown("、".join(sorted(unknown)))
    request = ShareRequest.objects.create(
        resource_id=wanted.key,
        consumer_id=department_key(by),
        purpose=purpose,
        legal_basis=legal_basis,
        scene=scene,
        columns=list(columns),
        tier=tier,
        valid_to=valid_to,
        requested_by=by.key,
        requested_at=clock.now(),
    )
    audit.record(by=by, action="exchange.request.made", subject=f"exchange.request:{request.pk}")
    return request


@transaction.atomic
def approve_request(*, request_id: int, by: Actor) -> ShareRequest:
    """The consumer's own data head says that the department needs it."""
    request = _locked(request_id)
    if not policy.may_approve_for_consumer(by, request):
        raise Refused
    return _move(request, RequestState.OFFICE_REVIEW, RequestState.SUBMITTED, by)


@transaction.atomic
def agree(*, request_id: int, by: Actor) -> ShareRequest:
    request = _locked(request_id)
    if not policy.may_answer_for_provider(by, request):
        raise Refused
    return _move(request, RequestState.SUBMITTED, RequestState.AGREED, by)


@transaction.atomic
def refuse(*, request_id: int, reason: str, by: Actor) -> ShareRequest:
    request = _locked(request_id)
    if not policy.may_answer_for_provider(by, request):
        raise Refused
    if not reason.strip():
        raise ReasonMissing
    request.reason = reason
    return _move(request, RequestState.SUBMITTED, RequestState.REFUSED, by)


@transaction.atomic
def provision(*, request_id: int, by: Actor) -> Grant:
    """The platform opens what was agreed; the gateway serves it after the commit."""
    if not policy.may_provision(by):
        raise Refused
    request = _locked(request_id)
    _move(request, RequestState.AGREED, RequestState.ACTIVE, by)
    grant = Grant.objects.create(
        request=request,
        system=system_of(request.consumer.credit_code),
        granted_at=clock.now(),
    )
    audit.record(by=by, action="exchange.grant.given", subject=f"exchange.grant:{grant.pk}")
    transaction.on_commit(publish)
    return grant


@transaction.atomic
def revoke(*, grant_id: int, by: Actor) -> None:
    grant = Grant.objects.select_for_update().filter(pk=grant_id, revoked_at=None).first()
    if grant is None:
        raise NotFound
    if not policy.may_revoke(by, grant):
        raise Refused
    grant.revoked_at = clock.now()
    grant.save(update_fields=["revoked_at"])
    audit.record(by=by, action="exchange.grant.revoked", subject=f"exchange.grant:{grant.pk}")
    transaction.on_commit(publish)


def _locked(request_id: int) -> ShareRequest:
    requests = ShareRequest.objects.select_for_update(of=("self",))
    requests = requests.select_related("consumer", "resource__entry__provider")
    request = requests.filter(pk=request_id).first()
    if request is None:
        raise NotFound
    return request


def _move(
    request: ShareRequest, before: RequestState, after: RequestState, by: Actor
) -> ShareRequest:
    if request.state != before:
        raise WrongState
    request.state = after
    request.save(update_fields=["state", "reason"])
    subject = f"exchange.request:{request.pk}"
    audit.record(by=by, action=f"exchange.request.{after.value}", subject=subject)
    return request
