"""Handing in what only the person has: a file, one given before, or a promise. The paper itself is
taken at a window (`window.papers`).
"""

from collections.abc import Sized
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from diebian.base.directory.public import working_calendar
from diebian.base.papers.public import Paper, Slot, give, let_go, use_again
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import policy, refusals
from diebian.scenes.services.handing.wanted import WantedPaper, missing_in, outstanding, wanted_of
from diebian.scenes.services.journey import Journey, journey_for
from diebian.scenes.services.messages import tell_reviewers
from diebian.scenes.services.models import Case, HandedIn, Promise, State
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from .rows import fillable, happened, need

MOST_FILES = 30


@transaction.atomic
def hand_in(
    *,
    case_no: str,
    material: str,
    name: str,
    content: bytes,
    valid_until: date | None = None,
    is_agreed: bool = False,
    by: Actor,
) -> None:
    """`material`: the key of a wanted paper; `is_agreed`: may be used again for other cases.

    Raises a `PaperRefused` that says what is wrong with the file.
    """
    case, wanted = _wanted(case_no, material, by)
    keep_file(case, wanted, name, content, valid_until, is_agreed=is_agreed, by=by)


def keep_file(
    case: Case,
    wanted: WantedPaper,
    name: str,
    content: bytes,
    valid_until: date | None = None,
    *,
    is_agreed: bool = False,
    by: Actor,
) -> Paper:
    """With the case locked; that `by` may give it for this case the caller has checked."""
    need_room(wanted.files)
    paper = give(
        slot=_slot(case, wanted),
        name=name,
        content=content,
        valid_until=valid_until,
        is_agreed=is_agreed,
        by=by,
    )
    _came(case, wanted, paper, by)
    return paper


@transaction.atomic
def hand_in_again(*, case_no: str, material: str, paper_id: UUID, by: Actor) -> None:
    """One that the applicant gave for another case and agreed to. Raises `NotAgreed`."""
    case, wanted = _wanted(case_no, material, by)
    if not policy.is_applicant(by, case):  # nobody agrees for the applicant
        raise Refused
    paper = use_again(paper_id=paper_id, slot=_slot(case, wanted), by=by)
    _came(case, wanted, paper, by)


@transaction.atomic
def take_out(*, case_no: str, handed: int, by: Actor) -> None:
    """Before it is handed in with the rest: chosen by mistake, photographed badly."""
    case = fillable(case_no, by)
    need(case, State.DRAFT)
    row = HandedIn.objects.select_related("paper").filter(case=case, pk=handed).first()
    if row is None:
        raise NotFound
    row.delete()
    let_go(paper_ids=[row.paper.public_id], case_no=case_no, by=by)
    audit.record(by=by, action="services.case.paper_taken_out", subject=f"case:{case_no}")


@transaction.atomic
def promise(*, case_no: str, material: str, until: date | None, by: Actor) -> None:
    """容缺: for a paper that its department lets follow, within the days that it says."""
    case, wanted = _wanted(case_no, material, by)
    need(case, State.DRAFT)
    told = {"title": wanted.name, "until": promised(wanted.later, until), "made_at": clock.now()}
    defaults = {**told, "by_name": by.name}
    Promise.objects.update_or_create(case=case, material=wanted.key, defaults=defaults)


def promised(later: int, until: date | None) -> date:
    """The day, where it is one of those within which the paper may follow."""
    if not later:
        raise refusals.MayNotFollow
    last = last_day(later)
    if until is None or not clock.today() <= until <= last:
        raise refusals.PromiseDayWrong(f"从今天到 {last:%Y-%m-%d}")
    return until


def need_room(files: Sized) -> None:
    """For one more file of a paper."""
    if len(files) >= MOST_FILES:
        raise refusals.FilesTooMany(f"最多 {MOST_FILES} 个")


def last_day(later: int) -> date:
    """Until which it may follow, counted from today. `later`: working days."""
    return working_calendar().add(clock.today(), later)


def hand_over(case: Case, journey: Journey, by: Actor) -> None:
    """At submission, with the case locked: nothing is missing, nothing is there that another answer
    has made pointless, and promises are written down.
    """
    if names := missing_in(case, journey):
        raise refusals.PapersMissing("、".join(names))
    wanted = {one.key for one in journey.demanded}
    let_go_of(case, case.handed.exclude(material__in=wanted), by)
    case.promises.exclude(material__in=wanted).delete()
    for one in outstanding(case):
        happened(case, "promised", by, f"{one.title}，最晚 {one.until:%Y-%m-%d} 补交")


def let_go_of(case: Case, rows: QuerySet[HandedIn], by: Actor) -> None:
    if ids := list(rows.values_list("paper__public_id", flat=True)):
        rows.delete()
        let_go(paper_ids=ids, case_no=case.case_no, by=by)


def refuse_outstanding(case: Case) -> None:
    """容缺 lets a case begin, not end: what was promised is there before it is granted."""
    if names := [one.title for one in outstanding(case)]:
        raise refusals.PromiseOutstanding("、".join(names))


def _wanted(case_no: str, material: str, by: Actor) -> tuple[Case, WantedPaper]:
    case = fillable(case_no, by)
    for one in wanted_of(case, journey_for(case)):
        if one.key == material:
            if not one.is_open:
                raise refusals.WrongState
            return case, one
    raise NotFound


def _slot(case: Case, wanted: WantedPaper) -> Slot:
    return Slot(wanted.key, wanted.name, case.applicant_key, case.case_no, case.item.name)


def _came(case: Case, wanted: WantedPaper, paper: Paper, by: Actor) -> None:
    told = {"at": clock.now(), "by_name": by.name}
    HandedIn.objects.get_or_create(case=case, material=wanted.key, paper=paper, defaults=told)
    if case.state != State.DRAFT and wanted.is_outstanding:
        kept(case, wanted.name, by)


def kept(case: Case, name: str, by: Actor) -> None:
    """What was promised has come."""
    happened(case, "promise_kept", by, name)
    tell_reviewers(case, f"承诺补交的“{name}”到了，请核对。")
