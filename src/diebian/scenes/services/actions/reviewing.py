"""The reviewer's verbs: look, ask once for what is missing, decide."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from diebian.base.licences.public import copy_for_case
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import behalf, policy, refusals
from diebian.scenes.services.journey import journey_for
from diebian.scenes.services.journey_parts import HELD, IDENTITY
from diebian.scenes.services.materials.demands import (
    Register,
    chosen_from,
    refuse_demand,
    register_for,
)
from diebian.scenes.services.models import Case, State, SupplementNotice
from diebian.scenes.services.shown import columns_of
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, subject_of
from diebian.security.tracker.public import record_page_read
from diebian.standards.remedies import REMEDY

from .delivering import deliver_or_wait
from .handing import refuse_outstanding
from .overrunning import NONE, Overrun, explain_if_late
from .queueing import need_to_be_handled_here
from .rows import happened, move, need, need_task, reviewed

LONGEST = 500


@transaction.atomic
def open_for_review(*, case_no: str, by: Actor) -> Case:
    """The page shows the person's data: the person will see who looked, and when."""
    case = reviewed(case_no, by)
    _seen(case, "办件审核页", columns_of(case), by)
    return case


@transaction.atomic
def open_licence(*, case_no: str, material: str, by: Actor) -> UUID:
    """加注件 of the applicant's licence that answers a material, for this case alone. Refused where
    the licence is not good any more: its state is looked at when it is used.
    """
    case = reviewed(case_no, by)
    held = next((m.held for m in journey_for(case).materials if m.key == material and m.held), 0)
    if not held:
        raise NotFound
    made = copy_for_case(
        held_id=held,
        holder_key=case.applicant_key,
        case_no=case_no,
        purpose=journey_for(case).purpose,
        by=by,
    )
    return made.public_id


@transaction.atomic
def look_at(*, case: Case, page: str, columns: Sequence[str], by: Actor) -> None:
    """Any other page of a case that shows the person's data to somebody else."""
    if not policy.is_applicant(by, case):
        _seen(case, page, columns, by)


@transaction.atomic
def ask_supplement(
    *,
    case_no: str,
    wanted: str,
    materials: Sequence[str] = (),
    is_confirmed: bool = False,
    task: int | None = None,
    by: Actor,
) -> None:
    """一次告知: everything that is missing, once. The clock stops until it is there.

    What government holds cannot be asked for, whatever it is called (优化营商环境条例 第三十六条,
    国务院令第716号 第七条). `materials`: codes or names of the register; `is_confirmed`: what is
    written like a held paper is another one.
    """
    case = reviewed(case_no, by)
    if SupplementNotice.objects.filter(case=case).exists():
        raise refusals.SupplementedBefore
    need(case, State.UNDER_REVIEW)
    need_task(case, task)
    need_to_be_handled_here(case, by)
    register = register_for(case.department.credit_code, case.county, case.applicant_key)
    codes, words = chosen_from(register, materials), wanted.strip()
    if not words and not codes:
        raise refusals.ReasonMissing
    _refuse_demand(case, register, words, by, is_confirmed=is_confirmed)
    said = _worded([register.called[code] for code in codes], words)
    SupplementNotice.objects.create(case=case, wanted=said, materials=codes, asked_at=clock.now())
    move(case, State.SUPPLEMENT, "supplement_asked", by, said)


@transaction.atomic
def approve(*, case_no: str, overrun: Overrun = NONE, task: int | None = None, by: Actor) -> None:
    """准予: the decision is issued as signed data, at once or when its fee is paid.

    `task` here and below: the step that the page showed. Raises `PageIsOld` where it is over.
    """
    case = reviewed(case_no, by)
    need(case, State.UNDER_REVIEW)
    need_task(case, task)
    refuse_outstanding(case)
    need_to_be_handled_here(case, by)
    explain_if_late(case, overrun, by)
    title = journey_for(case).decision["title"]
    move(case, State.APPROVED, "decided", by, f"准予：{title}")
    deliver_or_wait(case, by)


@transaction.atomic
def refuse(
    *,
    case_no: str,
    reason: str,
    is_confirmed: bool = False,
    overrun: Overrun = NONE,
    task: int | None = None,
    by: Actor,
) -> None:
    """不予: with the reason, and where one can turn."""
    case = reviewed(case_no, by)
    need(case, State.UNDER_REVIEW)
    need_task(case, task)
    need_to_be_handled_here(case, by)
    if not reason.strip():
        raise refusals.ReasonMissing
    # A paper that is held is no ground for a refusal either.
    register = register_for(case.department.credit_code, case.county, case.applicant_key)
    _refuse_demand(case, register, reason, by, is_confirmed=is_confirmed)
    explain_if_late(case, overrun, by)
    move(case, State.REFUSED, "decided", by, f"{reason.strip()[:400]}。{REMEDY}")
    happened(case, "delivered", by, "决定已送达您的账户")


def _seen(case: Case, page: str, columns: Sequence[str], by: Actor) -> None:
    record_page_read(
        by=replace(by, name=behalf.reader(by)) if by.is_person else by,
        subject=subject_of(case.applicant_key),
        purpose=journey_for(case).purpose,
        case_no=case.case_no,
        resource=page,
        columns=columns,
    )


def _refuse_demand(
    case: Case, register: Register, words: str, by: Actor, *, is_confirmed: bool
) -> None:
    """Who says that it is another paper than the one it is written like, says so in the trail."""
    if refuse_demand(register, words, _held_names(case), is_confirmed=is_confirmed):
        audit.record(by=by, action="services.material_confirmed", subject=f"case:{case.case_no}")


def _worded(papers: Sequence[str], words: str) -> str:
    told = f"请提交{'、'.join(papers)}" if papers else ""
    return "。".join(filter(None, (told, words)))[:LONGEST]


def _held_names(case: Case) -> list[str]:
    """Names of the materials that identity or a department has answered for this case."""
    answered = {fetched.resource for fetched in case.fetched.all() if fetched.rows}
    return [
        name
        for material in journey_for(case).materials
        if material.answered_by in {HELD, IDENTITY} or material.answered_by in answered
        for name in material.names
    ]
