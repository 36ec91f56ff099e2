"""Many entries from a workbook: new drafts, altered drafts, proposed changes of what is published.

New drafts alone are made at once. Whatever alters an entry is shown first and done when somebody
has seen it; with a fault nothing is done until somebody chooses the right ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_key

from . import changes, policy, steps
from .models import Entry, EntryChange, SheetUpload, State
from .planned import Fate, Planned, planned_in
from .refusals import AlreadyTaken, ChangedSince
from .rows import lock
from .snapshot import Difference, differences, facts_of
from .telling import tell_moved

LONGEST_FILE_NAME = 200
NAMED = 5


@dataclass(frozen=True)
class Assessed:
    """Asked for where a change of a published entry is proposed: one word for all of them."""

    why: str = ""
    secrecy: bool = False
    privacy: bool = False


NOT_ASSESSED = Assessed()


@dataclass(frozen=True)
class Shown:
    title: str
    fate: Fate
    differences: Sequence[Difference]


@transaction.atomic
def receive_sheet(*, content: bytes, name: str, by: Actor) -> SheetUpload:
    from .sheets.matching import matched  # slow to load: not for every process
    from .sheets.opening import opened
    from .sheets.reading import read

    if not policy.may_draft(by):
        raise Refused
    found = read(opened(content))
    fit = matched(found.lines, by.department)
    faults = [*found.faults, *fit.faults]
    upload = SheetUpload.objects.create(
        provider_id=department_key(by),
        name=name[-LONGEST_FILE_NAME:],
        uploaded_by=by.name,
        uploaded_at=clock.now(),
        right=[one.as_kept() for one in fit.planned],
        faults=[[fault.sheet, fault.cell, fault.sentence] for fault in faults],
        wrong=found.wrong + len(fit.faults),
        same=fit.same,
    )
    audit.record(by=by, action="catalogue.sheet.received", subject=upload.audit_subject)
    is_plain = all(one.fate == Fate.NEW for one in fit.planned)
    return _taken(upload, NOT_ASSESSED, by) if is_plain and not faults else upload


@transaction.atomic
def take_right(
    *,
    upload_id: UUID,
    why: str = "",
    secrecy_reviewed: bool = False,
    privacy_assessed: bool = False,
    by: Actor,
) -> SheetUpload:
    """The person has seen what is altered, and what is left out."""
    uploads = SheetUpload.objects.select_for_update(of=("self",)).select_related("provider")
    upload = uploads.filter(public_id=upload_id).first()
    if upload is None:
        raise NotFound
    if not policy.may_take(by, upload):
        raise Refused
    if upload.taken_at is not None or not upload.right:
        raise AlreadyTaken
    return _taken(upload, Assessed(why, secrecy_reviewed, privacy_assessed), by)


def upload_for(by: Actor, upload_id: UUID) -> SheetUpload:
    found = SheetUpload.objects.select_related("provider").filter(public_id=upload_id).first()
    if found is None or not policy.may_take(by, found):
        raise NotFound
    return found


def shown_of(upload: SheetUpload) -> dict[Fate, list[Shown]]:
    """By what becomes of them; what is new has no differences."""
    told: dict[Fate, list[Shown]] = {}
    for one in map(planned_in, upload.right):
        altered = list(differences(one.before, one.facts)) if one.before else []
        told.setdefault(one.fate, []).append(Shown(one.facts.title, one.fate, altered))
    return {fate: told[fate] for fate in Fate if fate in told}


def workbook_for(by: Actor) -> bytes:
    """The department's own entries, whatever their state, but for those withdrawn."""
    from .sheets.writing import workbook_of  # slow to load: not for every process

    if not policy.may_download(by):
        raise Refused
    rows = Entry.objects.filter(provider__credit_code=by.department).exclude(state=State.WITHDRAWN)
    told = rows.prefetch_related("items").order_by("title")
    return workbook_of((facts_of(row), str(row.public_id)) for row in told)


def _taken(upload: SheetUpload, assessed: Assessed, by: Actor) -> SheetUpload:
    planned = [planned_in(told) for told in upload.right]
    _refuse_changed(planned)
    proposed = [change for one in planned if (change := _done(one, assessed, by)) is not None]
    tell_moved(proposed, by)
    fates = [one.fate for one in planned]
    upload.taken = fates.count(Fate.NEW) + fates.count(Fate.AGAIN)
    upload.edited, upload.proposed = fates.count(Fate.EDITED), len(proposed)
    upload.right, upload.taken_at = [], clock.now()
    upload.save()
    audit.record(by=by, action="catalogue.sheet.taken", subject=upload.audit_subject)
    return upload


def _refuse_changed(planned: Sequence[Planned]) -> None:
    """What was shown as the difference must still be it."""
    since = [
        one.facts.title
        for one in planned
        if one.entry and one.before and list(differences(one.before, facts_of(lock(one.entry))))
    ]
    if since:
        more = f" 等 {len(since)} 条" if len(since) > NAMED else ""
        raise ChangedSince("、".join(since[:NAMED]) + more)


def _done(one: Planned, assessed: Assessed, by: Actor) -> EntryChange | None:
    if one.entry is None:
        steps.drafted(one.facts, by)
    elif one.fate == Fate.PROPOSED:
        ticked = {"secrecy": assessed.secrecy, "privacy": assessed.privacy}
        return changes.proposed(one.entry, one.facts, assessed.why, by, **ticked)
    else:
        steps.edited(one.entry, one.facts, by)
    return None
