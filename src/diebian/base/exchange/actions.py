"""From a request to a grant and back. Each verb belongs to somebody: see `policy`."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from diebian.base.catalogue.public import ResourceLine
from diebian.base.catalogue.public import resource as resource_of
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_key, system_of
from diebian.standards.sharing import SharingType

from . import policy
from .gateway import publish
from .models import Grant, RequestState, ShareRequest, Standing, Tier
from .refusals import (
    AlreadyAsked,
    ColumnsMissing,
    ColumnUnknown,
    GrantEnded,
    NoSystem,
    NotOpen,
    NotShared,
    ReasonMissing,
    SupplementAsked,
    TermsUnclear,
    WrongState,
)


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
    _check_wanted(wanted, columns)
    texts = [purpose.strip(), legal_basis.strip(), scene.strip()]
    if not all(texts) or tier not in Tier.values or valid_to < clock.today():
        raise TermsUnclear
    request = ShareRequest(
        resource_id=wanted.key,
        consumer_id=department_key(by),
        purpose=texts[0],
        legal_basis=texts[1],
        scene=texts[2],
        columns=list(columns),
        tier=tier,
        valid_to=valid_to,
        requested_by=by.key,
        requested_at=clock.now(),
    )
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:  # the second click, or a colleague: `request_open_once`
        raise AlreadyAsked from error
    audit.record(by=by, action="exchange.request.made", subject=request.audit_subject)
    return request


@transaction.atomic
def approve_request(*, request_id: int, by: Actor) -> ShareRequest:
    """The consumer's own data head says that the department needs it; the reply clock starts."""
    request = _locked(request_id)
    if not policy.may_approve_for_consumer(by, request):
        raise Refused
    request.submitted_at = clock.now()
    return _move(request, RequestState.OFFICE_REVIEW, RequestState.SUBMITTED, by)


@transaction.atomic
def decline_request(*, request_id: int, reason: str, by: Actor) -> ShareRequest:
    """The consumer's own data head says no; the applicant may ask anew."""
    request = _locked(request_id)
    if not policy.may_approve_for_consumer(by, request):
        raise Refused
    request.reason = _text(reason)
    return _move(request, RequestState.OFFICE_REVIEW, RequestState.DECLINED, by)


@transaction.atomic
def ask_supplement(*, request_id: int, wanted: str, by: Actor) -> ShareRequest:
    """Once, and never in place of an answer (809号令 第二十至二十二条). The clock runs on."""
    request = _locked(request_id)
    if not policy.may_answer_for_provider(by, request):
        raise Refused
    if request.supplement_wanted:
        raise SupplementAsked
    request.supplement_wanted = _text(wanted)
    return _move(request, RequestState.SUBMITTED, RequestState.SUPPLEMENTING, by)


@transaction.atomic
def answer_supplement(*, request_id: int, answer: str, by: Actor) -> ShareRequest:
    request = _locked(request_id)
    if not policy.may_supplement(by, request):
        raise Refused
    request.supplement_answer = _text(answer)
    return _move(
        request, RequestState.SUPPLEMENTING, RequestState.SUBMITTED, by, verb="supplemented"
    )


@transaction.atomic
def agree(*, request_id: int, by: Actor) -> ShareRequest:
    request = _locked(request_id)
    if not policy.may_answer_for_provider(by, request):
        raise Refused
    request.agreed_at = clock.now()
    return _move(request, RequestState.SUBMITTED, RequestState.AGREED, by)


@transaction.atomic
def refuse(*, request_id: int, reason: str, by: Actor) -> ShareRequest:
    request = _locked(request_id)
    if not policy.may_answer_for_provider(by, request):
        raise Refused
    request.reason = _text(reason)
    return _move(request, RequestState.SUBMITTED, RequestState.REFUSED, by)


@transaction.atomic
def provision(*, request_id: int, by: Actor) -> Grant:
    """The platform opens what was agreed; the gateway serves it after the commit."""
    if not policy.may_provision(by):
        raise Refused
    request = _locked(request_id)
    _move(request, RequestState.AGREED, RequestState.ACTIVE, by)
    try:
        system = system_of(request.consumer.credit_code)
    except NotFound as error:
        raise NoSystem from error
    grant = Grant.objects.create(request=request, system=system, granted_at=clock.now())
    audit.record(by=by, action="exchange.grant.given", subject=grant.audit_subject)
    transaction.on_commit(publish)
    return grant


@transaction.atomic
def suspend(*, grant_id: int, reason: str, by: Actor) -> None:
    """Until what is wrong has been put right; the gateway stops serving after the commit."""
    grant = _locked_grant(grant_id, {Standing.ACTIVE}, by)
    grant.reason, grant.revoked_at = _text(reason), clock.now()
    _stand(grant, Standing.SUSPENDED, by)


@transaction.atomic
def resume(*, grant_id: int, by: Actor) -> None:
    grant = _locked_grant(grant_id, {Standing.SUSPENDED}, by)
    if grant.request.valid_to < clock.today():
        raise GrantEnded
    grant.reason, grant.revoked_at = "", None
    _stand(grant, Standing.ACTIVE, by, verb="resumed")


@transaction.atomic
def revoke(*, grant_id: int, reason: str, by: Actor) -> None:
    """For good: whoever needs the data again asks again."""
    grant = _locked_grant(grant_id, {Standing.ACTIVE, Standing.SUSPENDED}, by)
    grant.reason, grant.revoked_at = _text(reason), clock.now()
    _stand(grant, Standing.REVOKED, by)


def _check_wanted(wanted: ResourceLine, columns: Sequence[str]) -> None:
    if wanted.sharing == SharingType.NEVER:
        raise NotShared
    if not wanted.is_open:
        raise NotOpen
    if not columns:
        raise ColumnsMissing
    if unknown := set(columns) - set(wanted.contract["fields"]):
        raise ColumnUnknown("、".join(sorted(unknown)))


def _locked(request_id: int) -> ShareRequest:
    requests = ShareRequest.objects.select_for_update(of=("self",))
    requests = requests.select_related("consumer", "resource__entry__provider")
    request = requests.filter(pk=request_id).first()
    if request is None:
        raise NotFound
    return request


def _locked_grant(grant_id: int, standings: set[Standing], by: Actor) -> Grant:
    grants = Grant.objects.select_for_update(of=("self",))
    grants = grants.select_related("request__resource__entry__provider")
    grant = grants.filter(pk=grant_id).first()
    if grant is None:
        raise NotFound
    if not policy.may_revoke(by, grant):
        raise Refused
    if grant.standing not in standings:
        raise GrantEnded
    return grant


def _stand(grant: Grant, standing: Standing, by: Actor, verb: str = "") -> None:
    grant.standing = standing
    grant.save(update_fields=["standing", "reason", "revoked_at"])
    action = f"exchange.grant.{verb or standing.value}"
    audit.record(by=by, action=action, subject=grant.audit_subject)
    transaction.on_commit(publish)


def _move(
    request: ShareRequest,
    before: RequestState,
    after: RequestState,
    by: Actor,
    verb: str = "",
) -> ShareRequest:
    if request.state != before:
        raise WrongState
    request.state = after
    request.save()
    action = f"exchange.request.{verb or after.value}"
    audit.record(by=by, action=action, subject=request.audit_subject)
    return request


def _text(given: str) -> str:
    if not given.strip():
        raise ReasonMissing
    return given.strip()
