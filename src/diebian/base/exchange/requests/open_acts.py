"""What a reader of a request can do next. Only to show it: the actions decide again."""

from diebian.base.exchange import policy
from diebian.base.exchange.grants.in_force import GOING_ON
from diebian.base.exchange.grants.models import (
    ANSWERABLE,
    Grant,
    RequestState,
    ShareRequest,
    Standing,
)
from diebian.security.identity.public import Actor

from .dues import is_extension_open


def open_acts(by: Actor, one: ShareRequest, grant: Grant | None) -> dict[str, bool]:
    return {**_on_request(by, one), **_on_grant(by, grant)}


def _on_request(by: Actor, one: ShareRequest) -> dict[str, bool]:
    is_provider = policy.may_answer_for_provider(by, one)
    answers = is_provider and one.state == RequestState.SUBMITTED
    reviews = one.state == RequestState.OFFICE_REVIEW
    return {
        "approve": reviews and policy.may_approve_for_consumer(by, one),
        "answer": answers,
        "ask": answers and not one.supplement_wanted,
        "supplement": one.state == RequestState.SUPPLEMENTING and policy.may_supplement(by, one),
        "provision": one.state == RequestState.AGREED and policy.may_provision(by),
        "extend": is_provider and not one.extension and one.state in ANSWERABLE,
        "answer_extension": is_extension_open(one) and policy.may_answer_extension(by),
        "dispose": one.state == RequestState.CLOSING and policy.may_dispose(by, one),
        "renew": one.state == RequestState.ACTIVE and policy.may_renew(by, one),
    }


def _on_grant(by: Actor, grant: Grant | None) -> dict[str, bool]:
    if grant is None:
        return dict.fromkeys(("suspend", "resume", "check", "rectify", "revoke"), False)
    is_suspended = grant.standing == Standing.SUSPENDED
    decides = policy.may_revoke(by, grant)
    return {
        "suspend": decides and grant.standing == Standing.ACTIVE,
        "resume": decides and is_suspended,
        "check": decides and is_suspended and bool(grant.rectified),
        "rectify": is_suspended and not grant.rectified and policy.may_rectify(by, grant),
        "revoke": decides and grant.standing in GOING_ON,
    }
