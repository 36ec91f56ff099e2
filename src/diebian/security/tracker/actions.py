"""Reads that happen on a page. What passes the gateway is written by the broker (ADR 2)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from django.db import connection, transaction

from diebian.kernel import clock
from diebian.security.identity.public import Actor

from .models import MassRead, Read

PAGE = "page"  # where a system's code stands for calls


def record_page_read(
    *,
    by: Actor,
    subject: str,
    purpose: str,
    case_no: str,
    resource: str,
    columns: Sequence[str],
) -> None:
    """An official opened a page that shows a person's data. Call before the page is rendered.

    `subject` is identity's blind reference. Every opening is a row: the page groups them.
    """
    Read.objects.create(
        request_id=str(uuid4()),
        at=clock.now(),
        subject=subject,
        reader_system=PAGE,
        reader_person=by.name,
        department=by.department,
        purpose=purpose,
        case_no=case_no,
        resource=resource,
        columns="、".join(columns),
        outcome="found",
    )


@transaction.atomic
def open_mass_read(
    *,
    request_id: str,
    at: datetime,
    system: str,
    reader: str,
    department: str,
    purpose: str,
    case_no: str,
    resource: str,
    columns: Sequence[str],
) -> int:
    """Before the first person's data is told to anybody. Asked again it is the same reading."""
    told, _ = MassRead.objects.get_or_create(
        request_id=request_id,
        defaults={
            "at": at,
            "reader_system": system,
            "reader_person": reader,
            "department": department,
            "purpose": purpose,
            "case_no": case_no,
            "resource": resource,
            "columns": "、".join(columns),
        },
    )
    return int(told.pk)


@transaction.atomic
def add_subjects(*, read_id: int, subjects: Iterable[tuple[str, bool]]) -> int:
    """`subjects`: identity's blind reference, and whether there was a record. Each once.

    In the transaction of what is told about them: then nobody is read and not listed.
    """
    count = 0
    with connection.cursor() as cursor:
        told = "copy tracker_massreadsubject (subject, read_id, outcome) from stdin"
        with cursor.copy(told) as copy:
            for subject, found in subjects:
                copy.write_row((bytes.fromhex(subject), read_id, "found" if found else "none"))
                count += 1
    return count
