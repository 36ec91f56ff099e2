"""The consumer's side: asking, its own head's word, the supplement."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from diebian.base.catalogue.public import ResourceLine
from diebian.base.catalogue.public import resource as resource_of
from diebian.base.disputes.public import is_in_dispute
from diebian.base.exchange import policy
from diebian.base.exchange.grants.models import REFUSAL, Mode, RequestState, ShareRequest, Tier
from diebian.base.exchange.grants.volume import Quantity, check_quantity
from diebian.base.exchange.grants.ways import check_mode
from diebian.base.exchange.requests.refusals import (
    AlreadyAsked,
    ColumnsMissing,
    ColumnsWithheld,
    ColumnUnknown,
    NotOpen,
    NotShared,
    RegionUnknown,
    TermsUnclear,
    UnderDispute,
    WrongState,
)
from diebian.base.exchange.requests.telling import tell_moved
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_key
from diebian.standards.sharing import SharingType

from .rows import locked, move, text


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
    daily_limit: int | None = None,
    volume: Quantity | None = None,
    masked: Sequence[str] = (),
    region: str = "",
    mode: str = Mode.ROWS,
    by: Actor,
) -> ShareRequest:
    """`mode`: how it is used, one of those that fit the kind of resource; `masked`: columns of
    which the ends are enough; `region`: digits that a row's division begins with; `daily_limit`:
    calls on one day; `volume`: rows of a table or bytes of a file.
    """
    if not policy.may_request(by):
        raise Refused
    wanted = resource_of(resource)
    _check_wanted(wanted, columns, masked, region)
    check_mode(wanted.kind, mode)
    check_quantity(wanted.kind, volume)
    texts = [purpose.strip(), legal_basis.strip(), scene.strip()]
    is_counted = daily_limit is None or daily_limit > 0
    if not all(texts) or tier not in Tier.values or valid_to < clock.today() or not is_counted:
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
        daily_limit=daily_limit,
        volume=volume.amount if volume else None,
        volume_per=volume.per if volume else "",
        masked=[column for column in columns if column in masked],
        region=region,
        mode=mode,
        sharing=wanted.sharing_of(columns),
        requested_by=by.key,
        requested_at=clock.now(),
    )
    _refuse_disputed(request)
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:  # the second click, or a colleague: `request_open_once`
        raise AlreadyAsked from error
    audit.record(by=by, action="exchange.request.made", subject=request.audit_subject)
    tell_moved(request)
    return request


@transaction.atomic
def renew(*, request_id: int, valid_to: date, by: Actor) -> ShareRequest:
    """续期: asked anew on the same terms, by the same way; the old grant serves until then.

    What has come to be withheld meanwhile is left out: the old grant gives it no more either.
    """
    old = locked(request_id)
    if not policy.may_renew(by, old):
        raise Refused
    if old.state != RequestState.ACTIVE:
        raise WrongState
    if valid_to <= old.valid_to:
        raise TermsUnclear("续期的日期要在原来的期限以后")
    withheld = resource_of(old.resource.slug).withheld
    made = request_share(
        resource=old.resource.slug,
        purpose=old.purpose,
        legal_basis=old.legal_basis,
        scene=old.scene,
        columns=[one for one in old.columns if one not in withheld],
        tier=old.tier,
        valid_to=valid_to,
        daily_limit=old.daily_limit,
        volume=Quantity(old.volume, old.volume_per) if old.volume else None,
        masked=[one for one in old.masked if one not in withheld],
        region=old.region,
        mode=old.mode,
        by=by,
    )
    made.renews = old
    made.save(update_fields=["renews"])
    return made


@transaction.atomic
def approve_request(*, request_id: int, by: Actor) -> ShareRequest:
    """The consumer's own data head says that the department needs it; the reply clock starts."""
    request = locked(request_id)
    if not policy.may_approve_for_consumer(by, request):
        raise Refused
    request.submitted_at = clock.now()
    return move(request, RequestState.OFFICE_REVIEW, RequestState.SUBMITTED, by)


@transaction.atomic
def decline_request(*, request_id: int, reason: str, by: Actor) -> ShareRequest:
    """The consumer's own data head says no; the applicant may ask anew."""
    request = locked(request_id)
    if not policy.may_approve_for_consumer(by, request):
        raise Refused
    request.reason = text(reason)
    return move(request, RequestState.OFFICE_REVIEW, RequestState.DECLINED, by)


@transaction.atomic
def answer_supplement(*, request_id: int, answer: str, by: Actor) -> ShareRequest:
    request = locked(request_id)
    if not policy.may_supplement(by, request):
        raise Refused
    request.supplement_answer = text(answer)
    return move(
        request, RequestState.SUPPLEMENTING, RequestState.SUBMITTED, by, verb="supplemented"
    )


def _refuse_disputed(request: ShareRequest) -> None:
    """While the same is in dispute it is not asked anew: a ruling would find two of them."""
    refused = ShareRequest.objects.filter(
        resource=request.resource_id,
        consumer=request.consumer_id,
        purpose=request.purpose,
        state=RequestState.REFUSED,
    )
    keys = [str(key) for key in refused.values_list("pk", flat=True)]
    if keys and is_in_dispute(REFUSAL, keys):
        raise UnderDispute


def _check_wanted(
    wanted: ResourceLine, columns: Sequence[str], masked: Sequence[str], region: str
) -> None:
    if wanted.sharing == SharingType.NEVER:
        raise NotShared
    if not wanted.is_open:
        raise NotOpen
    if not columns:
        raise ColumnsMissing
    unknown = (set(columns) - set(wanted.contract["fields"])) | (set(masked) - set(columns))
    if unknown:
        raise ColumnUnknown("、".join(sorted(unknown)))
    if withheld := [
        one.name for one in wanted.columns if one.is_withheld and one.column in columns
    ]:
        raise ColumnsWithheld("、".join(withheld))
    if region and (not region.isdecimal() or "region" not in wanted.contract):
        raise RegionUnknown
