"""Everything that changes a case. The row is locked, the event written, the trail kept."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from diebian.base.exchange.public import (
    Answer,
    GatewayUnavailable,
    OverLimit,
    UpstreamUnavailable,
    UpstreamWrong,
    call,
)
from diebian.base.licences.public import issue
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, person, subject_ref

from . import policy, refusals
from .forms import read_application
from .models import OPEN, Case, CaseEvent, Fetched, Rating, ServiceItem, State, SupplementNotice

COUNTY_DIGITS = 6
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=5)
GRADES = range(1, 6)
AWAY = (GatewayUnavailable, OverLimit, UpstreamUnavailable, UpstreamWrong)


@transaction.atomic
def submit_case(*, item_code: str, sent: Mapping[str, str], once: str, by: Actor) -> Case:
    """收件. The same form sent twice (`once`) is the same case."""
    if not policy.may_apply(by):
        raise refusals.OnlyPersons
    item = ServiceItem.objects.filter(code=item_code).first()
    if item is None:
        raise NotFound
    if item.journey is None:
        raise refusals.NotOpenYet
    form = read_application(sent)
    now = clock.now()
    case, is_new = Case.objects.get_or_create(
        once=f"{by.key}:{once}"[:64],
        defaults={
            "case_no": f"{now.astimezone(clock.CITY_TIME):%Y%m%d}{secrets.randbelow(10**8):08d}",
            "item": item,
            "applicant_key": by.key,
            "applicant_name": by.name,
            "form": form,
            "received_at": now,
            "next_try_at": now + FIRST_PAUSE,  # the sweep, should the first job be lost
        },
    )
    if is_new:
        _happened(case, "received", by)
    return case


def fetch_for_case(*, case_no: str, by: Actor) -> None:
    """Asks the departments what the case needs, then accepts it. Safe to run again at any point."""
    if not policy.may_fetch(by):
        raise Refused
    case = Case.objects.select_related("item").get(case_no=case_no)
    journey, applicant = case.item.journey or {}, person(case.applicant_key)
    had = set(case.fetched.values_list("resource", flat=True))
    for resource in journey["asks"]:
        if resource in had:
            continue
        try:
            answer = call(
                system=journey["system"],
                resource=resource,
                parameters={"id_number": applicant.id_number, "name": applicant.name},
                purpose=journey["purpose"],
                case_no=case_no,
                subject=subject_ref(applicant.id_number),
                reader=f"{case.item.name}（系统自动查询）",
            )
        except AWAY as error:
            _wait(case_no=case_no, title=journey["titles"][resource], why=error.code, by=by)
            return
        _keep(case_no, resource, journey["titles"][resource], answer)
    _accept(case_no=case_no, by=by)


@transaction.atomic
def ask_supplement(*, case_no: str, wanted: str, by: Actor) -> None:
    """一次告知: everything that is missing, once. The clock stops until it is there."""
    case = _reviewed(case_no, by)
    if SupplementNotice.objects.filter(case=case).exists():
        raise refusals.SupplementedBefore
    _need(case, State.UNDER_REVIEW)
    if not wanted.strip():
        raise refusals.ReasonMissing
    SupplementNotice.objects.create(case=case, wanted=wanted.strip(), asked_at=clock.now())
    _move(case, State.SUPPLEMENT, "supplement_asked", by, wanted.strip())


@transaction.atomic
def supply_supplement(*, case_no: str, answer: str, by: Actor) -> None:
    case = _own(case_no, by)
    _need(case, State.SUPPLEMENT)
    if not answer.strip():
        raise refusals.ReasonMissing("请写下您要补充的内容")
    notice = SupplementNotice.objects.get(case=case)
    notice.answer, notice.answered_at = answer.strip(), clock.now()
    notice.save(update_fields=["answer", "answered_at"])
    _move(case, State.UNDER_REVIEW, "supplement_done", by)


@transaction.atomic
def approve(*, case_no: str, by: Actor) -> None:
    """准予: the decision is issued as signed data in the same transaction."""
    case = _reviewed(case_no, by)
    _need(case, State.UNDER_REVIEW)
    _move(case, State.APPROVED, "decided", by, "准予提取")
    journey = case.item.journey or {}
    issue(
        title=journey["result"],
        type_code=journey["result_type"],
        holder_key=case.applicant_key,
        holder_name=case.applicant_name,
        body={
            "办件编号": case.case_no,
            "事项": case.item.name,
            "申请人": case.applicant_name,
            "准予金额（元）": case.form["amount"],
            "收款银行卡尾号": case.form["card_tail"],
            "决定机关": case.item.department.name,
            "决定": "准予",
        },
        case_no=case.case_no,
        by=by,
    )
    _happened(case, "delivered", by, "决定已送达您的账户")


@transaction.atomic
def refuse(*, case_no: str, reason: str, by: Actor) -> None:
    case = _reviewed(case_no, by)
    _need(case, State.UNDER_REVIEW)
    if not reason.strip():
        raise refusals.ReasonMissing
    remedy = "不服的，可在 60 日内申请行政复议，或在 6 个月内提起行政诉讼"
    _move(case, State.REFUSED, "decided", by, f"{reason.strip()}。{remedy}")


@transaction.atomic
def withdraw(*, case_no: str, by: Actor) -> None:
    case = _own(case_no, by)
    if case.state not in OPEN:
        raise refusals.WrongState
    _move(case, State.WITHDRAWN, "withdrawn", by)


@transaction.atomic
def rate(*, case_no: str, grade: int, words: str, by: Actor) -> None:
    case = _own(case_no, by)
    if case.state not in {State.APPROVED, State.REFUSED}:
        raise refusals.WrongState
    if grade not in GRADES:
        raise refusals.GradeWrong
    kept = {"grade": grade, "words": words.strip(), "at": clock.now()}
    _, is_new = Rating.objects.get_or_create(case=case, defaults=kept)
    if not is_new:
        raise refusals.RatedBefore
    audit.record(by=by, action="services.case.rated", subject=f"case:{case_no}")


@transaction.atomic
def _keep(case_no: str, resource: str, title: str, answer: Answer) -> None:
    case = Case.objects.select_for_update().get(case_no=case_no)
    kept = {"title": title, "call_id": answer.call_id, "rows": answer.rows, "at": clock.now()}
    Fetched.objects.get_or_create(case=case, resource=resource, defaults=kept)


@transaction.atomic
def _wait(*, case_no: str, title: str, why: str, by: Actor) -> None:
    case = Case.objects.select_for_update().get(case_no=case_no)
    if case.state != State.RECEIVED:
        return
    if not case.waits_for:
        _happened(case, "waiting", by, f"暂时取不到：{title}（{why}）")
    pause = min(FIRST_PAUSE * 2**case.tries, LONGEST_PAUSE)
    case.tries, case.waits_for, case.next_try_at = case.tries + 1, title, clock.now() + pause
    case.save(update_fields=["tries", "waits_for", "next_try_at"])


@transaction.atomic
def _accept(*, case_no: str, by: Actor) -> None:
    case = Case.objects.select_for_update().get(case_no=case_no)
    if case.state != State.RECEIVED:
        return
    answers = {fetched.resource: fetched.rows for fetched in case.fetched.all()}
    case.attention = "；".join(_doubts(case, answers))
    case.county = _county(answers)
    case.next_try_at, case.waits_for = None, ""
    case.save(update_fields=["attention", "county", "next_try_at", "waits_for"])
    _move(case, State.UNDER_REVIEW, "accepted", by)


def _doubts(case: Case, answers: Mapping[str, list[dict[str, str]]]) -> list[str]:
    """What the answers do not settle goes to a person, in words. Nobody is refused by a machine."""
    doubts = []
    houses = [row for rows in answers.values() for row in rows if "certificate" in row]
    accounts = [row for rows in answers.values() for row in rows if "balance_fen" in row]
    if not houses:
        doubts.append("没有查到登记在申请人名下的房屋")
    doubts += [
        f"登记的权利人写作“{house['owner']}”，与申请人姓名不同"
        for house in houses
        if house["owner"] != case.applicant_name
    ]
    doubts += ["房屋有抵押" for house in houses if house["mortgaged"] == "1"]
    doubts += ["房屋被查封" for house in houses if house["sealed"] == "1"]
    if not accounts:
        doubts.append("没有查到公积金账户")
    wanted = Decimal(case.form["amount"]) * 100
    doubts += [
        f"申请金额超过账户余额 {Decimal(account['balance_fen']) / 100:.2f} 元"
        for account in accounts
        if wanted > Decimal(account["balance_fen"])
    ]
    return doubts


def _county(answers: Mapping[str, list[dict[str, str]]]) -> str:
    found = [row["division"] for rows in answers.values() for row in rows if "division" in row]
    return found[0][:COUNTY_DIGITS] if found else ""


def _reviewed(case_no: str, by: Actor) -> Case:
    case = _locked(case_no)
    if not policy.may_review(by, case):
        raise Refused
    return case


def _own(case_no: str, by: Actor) -> Case:
    case = _locked(case_no)
    if not policy.is_applicant(by, case):
        raise NotFound  # another person's case does not exist for this one
    return case


def _locked(case_no: str) -> Case:
    cases = Case.objects.select_for_update(of=("self",)).select_related("item__department")
    case = cases.filter(case_no=case_no).first()
    if case is None:
        raise NotFound
    return case


def _need(case: Case, state: State) -> None:
    if case.state != state:
        raise refusals.WrongState


def _move(case: Case, state: State, event: str, by: Actor, reason: str = "") -> None:
    case.state = state
    case.save(update_fields=["state"])
    _happened(case, event, by, reason)


def _happened(case: Case, kind: str, by: Actor, reason: str = "") -> None:
    CaseEvent.objects.create(case=case, kind=kind, at=clock.now(), actor=by.name, reason=reason)
    audit.record(by=by, action=f"services.case.{kind}", subject=f"case:{case.case_no}")
