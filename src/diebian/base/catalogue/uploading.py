"""Many drafts at once, from a workbook: all, or by choice the right ones, or none."""

from uuid import UUID

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_key

from . import policy
from .actions import draft_entry
from .models import Entry, SheetUpload, State
from .refusals import AlreadyTaken
from .snapshot import facts_in, facts_of, kept

LONGEST_FILE_NAME = 200


@transaction.atomic
def receive_sheet(*, content: bytes, name: str, by: Actor) -> SheetUpload:
    """Without a fault all become drafts at once; with one, nothing does until somebody chooses."""
    from .sheets.opening import opened  # slow to load: not for every process
    from .sheets.reading import read

    if not policy.may_draft(by):
        raise Refused
    taken = set(
        Entry.objects.filter(provider__credit_code=by.department).values_list("title", flat=True)
    )
    found = read(opened(content), taken=taken)
    upload = SheetUpload.objects.create(
        provider_id=department_key(by),
        name=name[-LONGEST_FILE_NAME:],
        uploaded_by=by.name,
        uploaded_at=clock.now(),
        right=[kept(facts) for facts in found.right],
        faults=[[fault.sheet, fault.cell, fault.sentence] for fault in found.faults],
        wrong=found.wrong,
    )
    audit.record(by=by, action="catalogue.sheet.received", subject=upload.audit_subject)
    return upload if found.faults else _taken(upload, by)


@transaction.atomic
def take_right(*, upload_id: UUID, by: Actor) -> SheetUpload:
    """只收对的: the person has seen what is left out."""
    uploads = SheetUpload.objects.select_for_update(of=("self",)).select_related("provider")
    upload = uploads.filter(public_id=upload_id).first()
    if upload is None:
        raise NotFound
    if not policy.may_take(by, upload):
        raise Refused
    if upload.taken_at is not None or not upload.right:
        raise AlreadyTaken
    return _taken(upload, by)


def upload_for(by: Actor, upload_id: UUID) -> SheetUpload:
    found = SheetUpload.objects.select_related("provider").filter(public_id=upload_id).first()
    if found is None or not policy.may_take(by, found):
        raise NotFound
    return found


def workbook_for(by: Actor) -> bytes:
    """The department's own entries, whatever their state, but for those withdrawn."""
    from .sheets.writing import workbook_of  # slow to load: not for every process

    if not policy.may_download(by):
        raise Refused
    rows = Entry.objects.filter(provider__credit_code=by.department).exclude(state=State.WITHDRAWN)
    return workbook_of(facts_of(row) for row in rows.prefetch_related("items").order_by("title"))


def _taken(upload: SheetUpload, by: Actor) -> SheetUpload:
    for told in upload.right:
        draft_entry(facts=facts_in(told), by=by)
    upload.taken, upload.right, upload.taken_at = len(upload.right), [], clock.now()
    upload.save()
    audit.record(by=by, action="catalogue.sheet.taken", subject=upload.audit_subject)
    return upload
