"""What of sharing can be disputed: a request that was refused, an entry that is not shared."""

from django.urls import reverse

from diebian.base.catalogue.public import withheld_entry
from diebian.base.disputes.public import Disputable, Matter, NotInDispute, uuid_of
from diebian.base.exchange import policy
from diebian.base.exchange.grants.models import OPEN_STATES, REFUSAL, RequestState, ShareRequest
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Refused
from diebian.standards.sharing import CHANGE

from .actions import agree_by_ruling
from .selectors import request_for

WITHHELD = "withheld"
LONGEST_KEY = 18  # digits of a number that PostgreSQL still takes


def _refused(about: str, by: Actor) -> Matter:
    request = request_for(by, _request_id(about))
    if not policy.may_dispute(by, request):
        raise Refused
    if request.state != RequestState.REFUSED or _is_asked_anew(request):
        raise NotInDispute
    return Matter(
        title=f"没有同意共享“{request.resource.title}”",
        answer=request.reason,
        asking=request.consumer.credit_code,
        provider=request.resource.entry.provider.credit_code,
        link=reverse("exchange:request", args=[request.pk]),
    )


def _withheld(about: str, by: Actor) -> Matter:
    entry = withheld_entry(uuid_of(about))
    if not policy.may_browse(by):
        raise NotFound
    if entry is None:
        raise NotInDispute
    if not policy.may_dispute_withholding(by, entry.provider):
        raise Refused
    return Matter(
        title=f"目录“{entry.title}”不予共享",
        answer=f"不予共享。依据：{entry.basis}",
        asking=by.department,
        provider=entry.provider,
        link=reverse("catalogue:entry", args=[about]),
    )


def _agree(about: str, ruling: str, by: Actor) -> None:
    agree_by_ruling(request_id=int(about), ruling=ruling, by=by)


def _leave_to_provider(_about: str, _ruling: str, _by: Actor) -> None:
    """The entry is its provider's: it changes it through the catalogue, in ten working days."""


def _is_shared(about: str) -> bool:
    return withheld_entry(uuid_of(about)) is None


def _request_id(about: str) -> int:
    if not (about.isascii() and about.isdigit() and len(about) <= LONGEST_KEY):
        raise NotFound
    return int(about)


def _is_asked_anew(request: ShareRequest) -> bool:
    same = ShareRequest.objects.filter(resource=request.resource, consumer=request.consumer)
    return same.filter(purpose=request.purpose, state__in=OPEN_STATES).exists()


DISPUTABLES = (
    Disputable(
        slug=REFUSAL,
        title="共享申请未同意",
        follows="原来的申请按已同意办理，由数据主管部门在期限内开通",
        find=_refused,
        overturn=_agree,
    ),
    Disputable(
        slug=WITHHELD,
        title="目录不予共享",
        follows=f"提供部门在 {CHANGE.days} 个工作日内变更目录的共享类型，之后可以申请",
        find=_withheld,
        overturn=_leave_to_provider,
        is_carried_out=_is_shared,
    ),
)
