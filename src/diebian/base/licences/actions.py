"""Issuing: signed data, once for a case and type however often it is asked."""

import json
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
from diebian.security.keys.public import signing_key, sm3
from diebian.security.tracker.public import record_page_read
from diebian.standards.identifiers import licence_identifier

from .models import Licence
from .selectors import is_holder, licence_for
from .verification import DOMAIN, canonical


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
    signer = signing_key(f"decisions-{by.department}")
    identifier = licence_identifier(
        type_code=type_code, issuer=by.department, serial=secrets.token_hex(8).upper()
    )
    now = clock.now()
    kept = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()  # as it is read
    header = canonical(
        {
            "v": 1,
            "id": identifier,
            "title": title,
            "holder": holder_name[:1] + "*" * (len(holder_name) - 1),
            "issued": now.astimezone(clock.CITY_TIME).date().isoformat(),
            "key": signer.verifier.key_id,
            "digest": sm3(kept).hex(),
        }
    )
    licence = Licence.objects.create(
        identifier=identifier,
        title=title,
        issuer_id=department_key(by),
        holder_key=holder_key,
        case_no=case_no,
        type_code=type_code,
        header=header.decode(),
        body=kept.decode(),
        signature=signer.sign(DOMAIN + header).hex(),
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


def as_file(licence: Licence) -> bytes:
    """What travels: everything that an offline check needs, and the key to compare."""
    signer = signing_key(f"decisions-{licence.issuer.credit_code}")
    told = {
        "header": licence.header,
        "body": licence.body,
        "signature": licence.signature,
        "public_key": signer.verifier.pem,
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
