"""延长: the reviewer asks, the head decides, once; the person is told the reason.

Of what is handled jointly the head of the government decides.
"""

from django.db import transaction
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.actions.rows import happened, locked
from diebian.scenes.services.models import OPEN, Case, Extension
from diebian.scenes.services.refusals import WrongState
from diebian.scenes.services.selectors import clock_of, rule_of
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding

from . import policy
from .refusals import DaysWrong, ExtendedBefore, ExtensionTooLate, NoExtension, OwnRequest
from .wording import worded

STANDING = (Extension.State.ASKED, Extension.State.GRANTED)


@transaction.atomic
def ask_extension(*, case_no: str, days: int, reason: str, by: Actor) -> Extension:
    case = locked(case_no)
    if not policy.may_ask_extension(by, case):
        raise Refused
    limit = rule_of(case.version.facts).extension
    if limit is None:
        raise NoExtension
    _check_time(case)
    if not 1 <= days <= limit.days:
        raise DaysWrong(f"1 到 {limit.days}（{limit.source}）")
    if Extension.objects.filter(case=case, state__in=STANDING).exists():
        raise ExtendedBefore
    asked = Extension.objects.create(
        case=case,
        days=days,
        reason=worded(reason),
        asked_by=by.key,
        asked_by_name=by.name,
        asked_at=clock.now(),
    )
    audit.record(by=by, action="services.extension.asked", subject=f"case:{case_no}")
    _tell(_deciders(case), case, f"{by.name}申请延长 {days} 个工作日，请您决定：{asked.reason}。")
    return asked


@transaction.atomic
def grant_extension(*, case_no: str, by: Actor) -> None:
    case, asked = _to_decide(case_no, by)
    _check_time(case)
    _decide(asked, Extension.State.GRANTED, "", by)
    source = rule_of(case.version.facts).extension
    basis = f"依据：{source.source}" if source else ""
    whose = "本级政府负责人" if case.version.facts.is_joint else "部门负责人"
    reason = f"{asked.reason}。经{whose}{by.name}同意，延长 {asked.days} 个工作日。{basis}"
    happened(case, "extended", by, reason, days=asked.days)
    _tell([asked.asked_by], case, f"{by.name}同意延长 {asked.days} 个工作日，申请人已被告知。")


@transaction.atomic
def decline_extension(*, case_no: str, answer: str, by: Actor) -> None:
    """The person hears nothing of what was only asked for."""
    case, asked = _to_decide(case_no, by)
    _decide(asked, Extension.State.DECLINED, worded(answer), by)
    audit.record(by=by, action="services.extension.declined", subject=f"case:{case_no}")
    _tell([asked.asked_by], case, f"{by.name}没有同意延长：{asked.answer}。请在原来的时间内办完。")


def _deciders(case: Case) -> list[str]:
    """The head of the body; of what is handled jointly the head of the government."""
    if case.version.facts.is_joint:
        return list(officials_holding(Post.MAYOR))
    return list(officials_holding(Post.HEAD, department=case.department.credit_code))


def _to_decide(case_no: str, by: Actor) -> tuple[Case, Extension]:
    case = locked(case_no)
    if not policy.may_decide_extension(by, case):
        raise Refused
    rows = Extension.objects.select_for_update().filter(case=case, state=Extension.State.ASKED)
    asked = rows.first()
    if asked is None:
        raise NotFound
    if asked.asked_by == by.key:
        raise OwnRequest
    return case, asked


def _decide(asked: Extension, state: Extension.State, answer: str, by: Actor) -> None:
    asked.state, asked.answer = state, answer
    asked.decided_by_name, asked.decided_at = by.name, clock.now()
    asked.save(update_fields=["state", "answer", "decided_by_name", "decided_at"])


def _check_time(case: Case) -> None:
    """Only what is going on, and only before the law's last day has ended."""
    if case.state not in OPEN:
        raise WrongState
    told = clock_of(case, working_calendar())
    if told.statutory_due is None:
        raise WrongState
    if told.is_past_statute:
        raise ExtensionTooLate


def _tell(keys: list[str], case: Case, body: str) -> None:
    link = reverse("services:limits-case", args=[case.case_no])
    title = f"延长办理：{case.item.name}"
    notify_all(keys=keys, title=title, body=body, link=link, by=PLATFORM)
