"""Reads that happen on a page. What passes the gateway is written by the broker (ADR 2)."""

from collections.abc import Sequence
from uuid import uuid4

from diebian.kernel import clock
from diebian.security.identity.public import Actor

from .models import Read

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
