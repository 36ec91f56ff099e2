"""核验: a reviewer asks whether a claim is right. No value comes, and the person sees who asked."""

from collections.abc import Mapping

from django.db import transaction

from diebian.base.exchange import public as exchange
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import policy
from diebian.scenes.services.claims import read_claims
from diebian.scenes.services.journey import Journey, Verification, journey_for
from diebian.scenes.services.models import Case, State, Verified
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Refused,
    party,
    subject_ref,
)

from .fetching import AT_THE_SCREEN_SECONDS, named
from .rows import happened, locked, need

Outcome = Verified.Outcome


def verify(*, case_no: str, resource: str, sent: Mapping[str, str], by: Actor) -> None:
    """While the case is under review; five times a day about one person (`TooManyGuesses`).

    The case is told to the exchange as live before it is asked for. Raises what
    `exchange.verify` raises while a system is away.
    """
    case, declared, claims = _made_live(case_no, resource, sent, by)
    answer = _ask(case, declared, claims, by)
    _keep(case_no, declared, answer, by)


@transaction.atomic
def _made_live(
    case_no: str, resource: str, sent: Mapping[str, str], by: Actor
) -> tuple[Case, Verification, dict[str, str]]:
    """Under the case's lock: what is decided meanwhile is not made live again."""
    case = locked(case_no)
    if not policy.may_see(by, case):
        raise NotFound
    if not policy.may_review(by, case):
        raise Refused
    need(case, State.UNDER_REVIEW)
    journey = journey_for(case)
    declared = verification_of(journey, resource)
    claims = read_claims(declared, sent)
    numbers = [party(case.applicant_key).id_number]
    exchange.open_case(system=journey.system, case_no=case_no, id_numbers=numbers, by=PLATFORM)
    return case, declared, claims


def verification_of(journey: Journey, resource: str) -> Verification:
    for one in journey.verifies:
        if one.resource == resource:
            return one
    raise NotFound


def _ask(
    case: Case, declared: Verification, claims: dict[str, str], by: Actor
) -> exchange.Verification:
    journey, about = journey_for(case), party(case.applicant_key)
    return exchange.verify(
        errand=exchange.Errand(
            system=journey.system,
            purpose=journey.purpose,
            case_no=case.case_no,
            subject=subject_ref(about.id_number),
            reader=f"审核人员 {by.name}，只核验",
        ),
        resource=declared.resource,
        parameters=exchange.fitting(resource=declared.resource, parameters=named(about)),
        claims=claims,
        seconds=AT_THE_SCREEN_SECONDS,
    )


@transaction.atomic
def _keep(case_no: str, declared: Verification, answer: exchange.Verification, by: Actor) -> None:
    case, now = locked(case_no), clock.now()
    labels = {one.column: one.label for one in declared.claims}
    Verified.objects.bulk_create(
        Verified(
            case=case,
            title=declared.title,
            label=labels[column],
            outcome=_outcome(is_right, found=answer.found),
            by_name=by.name,
            at=now,
        )
        for column, is_right in answer.matches.items()
    )
    happened(case, "verified", by, declared.title)


def _outcome(is_right: bool, *, found: bool) -> Verified.Outcome:
    if not found:
        return Outcome.NONE
    return Outcome.MATCHES if is_right else Outcome.DIFFERS
