"""纸质材料: taken at the window, handed to the department by a sheet, confirmed one by one."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from diebian.base.messages.public import notify
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.actions.rows import happened, locked
from diebian.scenes.services.models import PaperSheet, PaperTaken
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Refused,
    department_keys,
    department_name,
)

from . import policy
from .refusals import ConfirmedBefore, NothingToHand, PaperUnclear

MOST_COPIES, LONGEST_NAME, LONGEST_NOTE = 99, 100, 300


@transaction.atomic
def take_paper(*, case_no: str, name: str, copies: int, is_original: bool, by: Actor) -> PaperTaken:
    """It stands on the receipt, and on the next sheet to the department that decides."""
    case = locked(case_no)
    if not policy.may_take(by, case):
        raise NotFound
    if not name.strip() or not 1 <= copies <= MOST_COPIES:
        raise PaperUnclear
    made = PaperTaken.objects.create(
        case=case,
        name=name.strip()[:LONGEST_NAME],
        copies=copies,
        is_original=is_original,
        taken_by=by.key,
        taken_by_name=by.name,
        taken_at=clock.now(),
    )
    happened(case, "paper_taken", by, f"{made.name} {copies} 份{'（原件）' if is_original else ''}")
    return made


@transaction.atomic
def hand_over(*, department: str, by: Actor) -> PaperSheet:
    """交接: all papers of this clerk's that wait for one department (credit code), on one sheet."""
    if not policy.may_work(by):
        raise Refused
    rows = PaperTaken.objects.select_for_update().filter(taken_by=by.key, sheet=None)
    papers = list(rows.filter(case__department__credit_code=department))
    if not papers:
        raise NothingToHand
    sheet = PaperSheet.objects.create(
        department_id=department_keys()[department],
        handed_by=by.key,
        handed_by_name=by.name,
        handed_from=department_name(by.department),
        handed_at=clock.now(),
    )
    PaperTaken.objects.filter(pk__in=[one.pk for one in papers]).update(sheet=sheet)
    audit.record(by=by, action="services.sheet.handed", subject=_subject(sheet))
    return sheet


@transaction.atomic
def confirm(*, public_id: UUID, arrived: Collection[int], note: str, by: Actor) -> PaperSheet:
    """签收: by whoever decides there. What has not arrived goes back to the window, by name."""
    rows = PaperSheet.objects.select_for_update(of=("self",)).select_related("department")
    sheet = rows.filter(public_id=public_id).first()
    if sheet is None or not policy.may_see_sheet(by, sheet):
        raise NotFound
    if not policy.may_confirm(by, sheet):
        raise Refused
    if sheet.confirmed_at is not None:
        raise ConfirmedBefore
    sheet.confirmed_at, sheet.confirmed_by_name = clock.now(), by.name
    sheet.note = note.strip()[:LONGEST_NOTE]
    sheet.save(update_fields=["confirmed_at", "confirmed_by_name", "note"])
    sheet.papers.filter(pk__in=arrived).update(has_arrived=True)
    sheet.papers.exclude(pk__in=arrived).update(has_arrived=False)
    audit.record(by=by, action="services.sheet.confirmed", subject=_subject(sheet))
    _tell_missing(sheet)
    return sheet


def _tell_missing(sheet: PaperSheet) -> None:
    missing = sheet.papers.filter(has_arrived=False).values_list("name", flat=True)
    if missing:
        names = "、".join(missing)
        body = f"{sheet.department.name}没有收到：{names}。请今天找一找，找到后写进下一张交接单。"
        notify(key=sheet.handed_by, title="交接单上少了材料", body=body, by=PLATFORM)


def _subject(sheet: PaperSheet) -> str:
    return f"sheet:{sheet.public_id}"
