"""Asking the departments what a case needs, and what follows when they have answered or not."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from diebian.base.exchange.public import (
    Answer,
    Busy,
    CircuitOpen,
    Errand,
    GatewayUnavailable,
    InLine,
    LineFull,
    NotGranted,
    OverDailyLimit,
    OverLimit,
    UpstreamQuotaUsed,
    UpstreamUnavailable,
    UpstreamWrong,
    call,
    fitting,
)
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.scenes.services import behalf, checks, policy
from diebian.scenes.services.competence import PLACE_DIGITS
from diebian.scenes.services.items.facts import ACCEPTANCE
from diebian.scenes.services.journey import Answers, Journey, journey_for
from diebian.scenes.services.models import Case, Fetched, State
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    PersonFacts,
    Refused,
    company,
    party,
    subject_ref,
)

from .charging import waits_for_fee
from .placing import place_as_found
from .rows import happened, locked, move

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)
PATIENT_SECONDS, AT_THE_SCREEN_SECONDS = 9.0, 2.5
AWAY = (
    Busy,
    CircuitOpen,
    GatewayUnavailable,
    InLine,
    LineFull,
    NotGranted,
    OverDailyLimit,
    OverLimit,
    UpstreamQuotaUsed,
    UpstreamUnavailable,
    UpstreamWrong,
)
ASKABLE = {State.DRAFT, State.RECEIVED}


def ask_departments(*, case_no: str, by: Actor) -> None:
    """Asks what is not answered yet, all at once. Safe to run again at any point.

    For a person at the screen it gives up soon; what is missing then is asked again after
    submission. A case that has everything is accepted.
    """
    case = Case.objects.select_related("item", "version").get(case_no=case_no)
    if not policy.may_fetch(by, case):
        raise Refused
    if case.state not in ASKABLE:
        return
    journey = journey_for(case)
    had = set(case.fetched.values_list("resource", flat=True))
    missing = [ask for ask in journey.asks if ask not in had]
    answers, why = _ask(case, journey, missing, by)
    _keep(case_no, journey, answers, by, why)


def ask_one(case: Case, journey: Journey, ask: str) -> Answer:
    """Asks one department anew, though it has answered. Raises the refusal when it is away."""
    answers, why = _ask(case, journey, [ask], PLATFORM)
    if ask not in answers:
        raise UpstreamUnavailable(why)
    return answers[ask]


@transaction.atomic
def keep_again(*, case_no: str, resource: str, answer: Answer, by: Actor, says: str) -> None:
    """Puts the new answer in the place of the old one; what a reviewer should look at follows."""
    case = locked(case_no)
    kept = {"call_id": answer.call_id, "rows": answer.rows, "at": clock.now()}
    case.fetched.filter(resource=resource).update(**kept)
    journey = journey_for(case)
    if case.state != State.DRAFT:
        case.attention = _attention(case, journey, case.answers())
        case.save(update_fields=["attention"])
    happened(case, "corrected", by, f"{says}，已重新查询")


@transaction.atomic
def _keep(
    case_no: str, journey: Journey, answers: Mapping[str, Answer], by: Actor, why: str
) -> None:
    case = locked(case_no)
    if case.state not in ASKABLE:
        return
    now = clock.now()
    for ask, answer in answers.items():
        kept = {"title": journey.titles[ask], "call_id": answer.call_id, "rows": answer.rows}
        Fetched.objects.get_or_create(case=case, resource=ask, defaults={**kept, "at": now})
    if case.state == State.RECEIVED:
        accept_or_wait(case, by, why)


def accept_or_wait(case: Case, by: Actor, why: str = "") -> None:
    """Inside the caller's transaction, with the case locked."""
    journey = journey_for(case)
    answers = case.answers()
    missing = [ask for ask in journey.asks if ask not in answers]
    if missing:
        _wait(case, journey.titles[missing[0]], why, by)
        return
    case.attention = _attention(case, journey, answers)
    case.next_try_at, case.waits_for = None, ""
    case.save(update_fields=["attention", "next_try_at", "waits_for"])
    place_as_found(case, checks.county(journey, answers, PLACE_DIGITS), by)
    if waits_for_fee(case, ACCEPTANCE, by):
        return  # when it is paid this is asked again
    move(case, State.UNDER_REVIEW, "accepted", by)


def _attention(case: Case, journey: Journey, answers: Answers) -> str:
    return "；".join(checks.doubts(journey, answers, checks.facts_of(case)))


def _ask(
    case: Case, journey: Journey, missing: Sequence[str], by: Actor
) -> tuple[dict[str, Answer], str]:
    """Answers by slug, and the code of the last refusal."""
    applicant = party(case.applicant_key)
    sendable = {ask: _fitting(ask, applicant) for ask in missing}
    seconds = PATIENT_SECONDS if by == PLATFORM else AT_THE_SCREEN_SECONDS
    errand = Errand(
        system=journey.system,
        purpose=journey.purpose,
        case_no=case.case_no,
        subject=subject_ref(applicant.id_number),
        reader=_reader(by, case),
    )

    def one(ask: str) -> Answer | DiebianError:
        known = sendable[ask]
        if isinstance(known, DiebianError):
            return known
        try:
            told = replace(errand, purpose=journey.purpose_of(ask))
            return call(errand=told, resource=ask, parameters=known, seconds=seconds)
        except AWAY as error:
            return error

    with ThreadPoolExecutor(max_workers=max(1, len(missing))) as pool:
        told = dict(zip(missing, pool.map(one, missing), strict=True))
    answers = {ask: answer for ask, answer in told.items() if isinstance(answer, Answer)}
    refused = [answer.code for answer in told.values() if isinstance(answer, DiebianError)]
    return answers, refused[-1] if refused else ""


def _fitting(ask: str, applicant: PersonFacts) -> dict[str, str] | DiebianError:
    try:
        return fitting(resource=ask, parameters=named(applicant))
    except AWAY as error:
        return error


def named(applicant: PersonFacts) -> dict[str, str]:
    """A person or a company, as departments ask for them."""
    number = "credit_code" if company(applicant.key) else "id_number"
    return {number: applicant.id_number, "name": applicant.name}


def _reader(by: Actor, case: Case) -> str:
    if by == PLATFORM:
        return "系统自动查询"
    if not by.is_person:
        return f"窗口工作人员 {by.name}"
    return "您本人申请时查询" if by.key == case.applicant_key else behalf.reader(by)


def _wait(case: Case, title: str, why: str, by: Actor) -> None:
    if not case.waits_for:
        happened(case, "waiting", by, f"暂时取不到：{title}" + (f"（{why}）" if why else ""))
    pause = min(FIRST_PAUSE * 2**case.tries, LONGEST_PAUSE)
    case.tries, case.waits_for, case.next_try_at = case.tries + 1, title, clock.now() + pause
    case.save(update_fields=["tries", "waits_for", "next_try_at"])
