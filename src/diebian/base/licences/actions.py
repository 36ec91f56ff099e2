"""Issuing: signed data, once for a case and type however often it is asked."""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction

from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    Actor,
    Kind,
    Post,
    Refused,
    department_key,
    subject_of,
)
from diebian.security.tracker.public import record_page_read
from diebian.standards.identifiers import licence_identifier

from .models import Licence
from .selectors import is_holder, licence_for
from .sheets import decisions_key
from .signing import signed


@transaction.atomic
def issue(
    *,
    title: str,
    type_code: str,
    holder_key: str,
    holder_name: str,
    body: dict[str, Any],
    case_no: str,
    by: Actor,
) -> Licence:
    """`type_code`: credit code of the body that defines the type and three digits (GB/T 36904).

    By a reviewer, or by the department's own system in which it was decided.
    """
    if not (by.holds(Post.REVIEWER) or by.kind == Kind.SYSTEM):
        raise Refused
    known = Licence.objects.filter(case_no=case_no, type_code=type_code).first()
    if known is not None:
        return known
    identifier = licence_identifier(
        type_code=type_code, issuer=by.department, serial=secrets.token_hex(8).upper()
    )
    now = clock.now()
    told = signed(
        key=decisions_key(by.department), identifier=identifier, title=title,
        holder_name=holder_name, at=now, body=body,
    )  # fmt: skip
    licence = Licence.objects.create(
        identifier=identifier,
        title=title,
        issuer_id=department_key(by),
        holder_key=holder_key,
        case_no=case_no,
        type_code=type_code,
        **vars(told),
        issued_at=now,
    )
    audit.record(by=by, action="licences.issued", subject=f"licence:{identifier}")
    return licence


@transaction.atomic
def looked_at(*, public_id: UUID, by: Actor) -> Licence:
    """For the holder, or the issuer's reviewer: then the holder sees who looked."""
    licence = licence_for(by, public_id)
    if not is_holder(by, licence):
        record_page_read(
            by=by,
            subject=subject_of(licence.holder_key),
            purpose=f"查看{licence.title}",
            case_no=licence.case_no,
            resource="决定书",
            columns=[licence.title],
        )
    return licence
