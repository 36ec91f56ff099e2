"""The provider's side: one supplement at most, then yes or no with reasons."""

from django.db import transaction

from diebian.base.exchange import policy
from diebian.base.exchange.grants.models import ANSWERABLE, Extension, RequestState, ShareRequest
from diebian.base.exchange.requests.refusals import (
    ExtensionAsked,
    ExtensionTooLong,
    SupplementAsked,
    WrongState,
)
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Refused
from diebian.standards.sharing import EXTENSION

from .rows import extended, locked, move, text


@transaction.atomic
def ask_supplement(*, request_id: int, wanted: str, by: Actor) -> ShareRequest:
    """Once, and never in place of an answer (809号令 第二十至二十二条). The clock runs on."""
    request = locked(request_id)
    if not policy.may_answer_for_provider(by, request):
        raise Refused
    if request.supplement_wanted:
        raise SupplementAsked
    request.supplement_wanted = text(wanted)
    return move(request, RequestState.SUBMITTED, RequestState.SUPPLEMENTING, by)


@transaction.atomic
def ask_extension(*, request_id: int, days: int, reason: str, by: Actor) -> ShareRequest:
    """Once, at most so many working days; the authority has to consent (809号令 第二十二条)."""
    request = locked(request_id)
    if not policy.may_answer_for_provider(by, request):
        raise Refused
    if request.state not in ANSWERABLE:
        raise WrongState
    if request.extension:
        raise ExtensionAsked
    if not 1 <= days <= EXTENSION.days:
        raise ExtensionTooLong
    request.extension_days, request.extension_reason = days, text(reason)
    request.extension_at = clock.now()
    return extended(request, Extension.ASKED, by)


@transaction.atomic
def answer_extension(*, request_id: int, is_given: bool, by: Actor) -> ShareRequest:
    """The authority's word. The consumer is told either way; refused, the first day stands."""
    request = locked(request_id)
    if not policy.may_answer_extension(by):
        raise Refused
    if request.state not in ANSWERABLE or request.extension != Extension.ASKED:
        raise WrongState
    return extended(request, Extension.GIVEN if is_given else Extension.DENIED, by)


@transaction.atomic
def agree(*, request_id: int, by: Actor) -> ShareRequest:
    request = locked(request_id)
    if not policy.may_answer_for_provider(by, request):
        raise Refused
    request.agreed_at = clock.now()
    return move(request, RequestState.SUBMITTED, RequestState.AGREED, by)


@transaction.atomic
def refuse(*, request_id: int, reason: str, by: Actor) -> ShareRequest:
    request = locked(request_id)
    if not policy.may_answer_for_provider(by, request):
        raise Refused
    request.reason = text(reason)
    return move(request, RequestState.SUBMITTED, RequestState.REFUSED, by)
