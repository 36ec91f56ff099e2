"""What officials do with a step besides deciding it, and the person who waits for it.

The engine keeps each with its reason, asks who may, and tells the second of two who was first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from diebian.base.messages.public import notify, notify_all
from diebian.base.process import public as process
from diebian.base.process.public import Picture, Word
from diebian.kernel.errors import DiebianError, NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.carrying.following import carrier_of
from diebian.scenes.services.limits.assigning import to_assign
from diebian.scenes.services.models import OPEN, Case
from diebian.scenes.services.policy import acts_for
from diebian.scenes.services.refusals import PageIsOld, WrongState
from diebian.scenes.services.selectors import case_for
from diebian.scenes.services.shown import columns_of
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    department_name,
    officials_holding,
)

from . import selectors
from .refusals import NobodyToUrge, NothingChosen, TooManyAtOnce

MOST = 50
BATCH = "批量审核"


@dataclass(frozen=True)
class Decided:
    case_no: str
    item: str
    applicant: str
    refusal: str = ""  # why not; empty where it is done


def claim(*, case_no: str, task: int, by: Actor) -> None:
    """认领: of two who click at once one has it, and the other reads who."""
    process.claim(case=_carrier(case_no, by), task=task, by=by)


def release(*, case_no: str, task: int, by: Actor) -> None:
    process.release(case=_carrier(case_no, by), task=task, by=by)


@transaction.atomic
def delegate(*, case_no: str, task: int, to: str, reason: str, by: Actor) -> None:
    """委托 to a colleague in the same post of the same department, who is told."""
    case = case_for(by, case_no)
    process.delegate(case=carrier_of(case), task=task, to=to, reason=reason, by=by)
    notify(key=to, title=f"委托您办：{case.item.name}", body=f"{by.name}：{reason.strip()}",
           link=reverse("services:work", args=[case_no]), by=PLATFORM)  # fmt: skip


@transaction.atomic
def assign(*, case_no: str, task: int, to: str, reason: str, by: Actor) -> None:
    """转办 by the head of the body, whoever has it now; both are told."""
    rows = Case.objects.select_related("item", "department", "version")
    case = rows.filter(case_no=case_no).first()
    found = to_assign(by, case) if case else None
    if case is None or found is None:
        raise NotFound
    if found.task != task:
        raise PageIsOld
    process.delegate(case=carrier_of(case), task=task, to=to, reason=reason, by=by, is_allowed=True)
    body, link = f"{by.name}：{reason.strip()}", reverse("services:work", args=[case_no])
    notify(key=to, title=f"转给您办：{case.item.name}", body=body, link=link, by=PLATFORM)
    if found.holder:
        title = f"已转给同事办：{case.item.name}"
        notify(key=found.holder, title=title, body=body, link=link, by=PLATFORM)


def hand_many(*, case_nos: Sequence[str], to: str, reason: str, by: Actor) -> list[Decided]:
    """转办 of several to one colleague: each by itself, as `delegate`."""
    return [_handed(one, to, reason, by) for one in _chosen(case_nos)]


def _handed(case_no: str, to: str, reason: str, by: Actor) -> Decided:
    case = case_for(by, case_no)
    told = Decided(case_no, case.item.name, case.applicant_name)
    task = selectors.task_of(by, case)
    try:
        if task is None:
            raise WrongState
        delegate(case_no=case_no, task=task.task, to=to, reason=reason, by=by)
    except DiebianError as error:
        return Decided(case_no, told.item, told.applicant, error.sentence)
    return told


@transaction.atomic
def ask_word(*, case_no: str, task: int, department: str, reason: str, by: Actor) -> None:
    """会签: the reviewers of another department are asked; they are told the question."""
    case = case_for(by, case_no)
    made = process.ask_countersign(
        case=carrier_of(case), task=task, department=department, post=Post.REVIEWER,
        reason=reason, by=by,
    )  # fmt: skip
    notify_all(
        keys=officials_holding(Post.REVIEWER, department=department),
        title=f"请您会签：{case.item.name}",
        body=f"{department_name(by.department)} {by.name}：{reason.strip()}",
        link=reverse("services:word", args=[case_no, made]),
        by=PLATFORM,
    )


@transaction.atomic
def look_at_way(*, case_no: str, by: Actor) -> tuple[Case, Picture]:
    """Where the case stands in its drawing. One that was never received has no way to show."""
    case = case_for(by, case_no)
    if case.received_at is None:
        raise NotFound
    number = carrier_of(case) if case.state in OPEN else selectors.number_of(case)
    if number is None:  # ended before there was an engine
        raise NotFound
    actions.look_at(case=case, page="办理流程图页", columns=["办理经过"], by=by)
    return case, process.picture_of(number)


@transaction.atomic
def look_at_asked(*, case_no: str, task: int, by: Actor) -> tuple[Case, Word]:
    """Who was asked reads what the person has filled in; the person will see it."""
    case, word, _ = selectors.asked_of(by, case_no, task)
    actions.look_at(case=case, page="会签页", columns=columns_of(case), by=by)
    return case, word


@transaction.atomic
def give_word(*, case_no: str, task: int, agrees: bool, reason: str, by: Actor) -> None:
    case, _, _ = selectors.asked_of(by, case_no, task)
    process.countersign(case=carrier_of(case), task=task, agrees=agrees, reason=reason, by=by)
    said = "同意" if agrees else "不同意"
    notify_all(
        keys=officials_holding(Post.REVIEWER, department=case.department.credit_code),
        title=f"会签有答复：{case.item.name}",
        body=f"{department_name(by.department)} {by.name}：{said}。{reason.strip()}",
        link=reverse("services:work", args=[case_no]),
        by=PLATFORM,
    )


@transaction.atomic
def urge(*, case_no: str, words: str, by: Actor) -> int:
    """催办 by whoever waits, once a day for a step; returns how many were told."""
    case = case_for(by, case_no)
    if not acts_for(by, case):
        raise Refused
    carrier_of(case)
    found = selectors.urgeable(case)
    if found is None:
        raise NobodyToUrge
    number, place = found
    return process.urge(case=number, task=place.task, words=words, by=by, is_allowed=True)


def approve_many(*, case_nos: Sequence[str], by: Actor) -> list[Decided]:
    """批量准予 of equal cases, each a decision of its own: one that cannot be made says why and
    keeps no other from being made. Each person sees who looked at theirs."""
    return [_approved(one, by) for one in _chosen(case_nos)]


def _chosen(case_nos: Sequence[str]) -> list[str]:
    chosen = list(dict.fromkeys(case_nos))
    if not chosen:
        raise NothingChosen
    if len(chosen) > MOST:
        raise TooManyAtOnce(f"最多 {MOST} 件")
    return chosen


def _approved(case_no: str, by: Actor) -> Decided:
    case = case_for(by, case_no)
    told = Decided(case_no, case.item.name, case.applicant_name)
    try:
        with transaction.atomic():
            actions.look_at(case=case, page=BATCH, columns=columns_of(case), by=by)
            actions.approve(case_no=case_no, by=by)
    except DiebianError as error:
        return Decided(case_no, told.item, told.applicant, error.sentence)
    return told


def _carrier(case_no: str, by: Actor) -> int:
    """Of a case that this official may see; for others it does not exist."""
    return carrier_of(case_for(by, case_no))
