"""What a department's system pushes to us: kept as it came, once per idempotency key."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from .models import Collection, PushedBatch, SourceKind
from .refusals import KeyReused, PushWrong

MOST_ROWS = 2000
LONGEST_KEY = 100


@transaction.atomic
def receive_push(
    *, slug: str, key: str, rows: Sequence[Mapping[str, Any]], by: Actor
) -> tuple[PushedBatch, bool]:
    """The batch, and whether it is new. The same key with the same rows is the same push."""
    found = Collection.objects.select_related("source__department").filter(slug=slug).first()
    if found is None or found.source.kind != SourceKind.PUSH:
        raise NotFound
    if by.department != found.source.department.credit_code:
        raise Refused
    if not 0 < len(key) <= LONGEST_KEY:
        raise PushWrong("请在 Idempotency-Key 里给这一批一个自己的编号")
    kept = _checked(rows, {one["name"] for one in found.columns})
    told = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    digest = sha256(told.encode()).hexdigest()
    made, is_new = PushedBatch.objects.get_or_create(
        collection=found,
        key=key,
        defaults={"digest": digest, "rows": kept, "row_count": len(kept),
                  "received_at": clock.now()},
    )  # fmt: skip
    if not is_new and made.digest != digest:
        raise KeyReused(key)
    if is_new:
        audit.record(by=by, action="lake.push.received", subject=found.audit_subject)
    return made, is_new


def _checked(rows: Sequence[Mapping[str, Any]], columns: set[str]) -> list[dict[str, str | None]]:
    if not 0 < len(rows) <= MOST_ROWS:
        raise PushWrong(f"一批应有 1 到 {MOST_ROWS} 行")
    kept = []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping):
            raise PushWrong(f"第 {number} 行不是一条记录")
        unknown = sorted(set(row) - columns)
        if unknown:
            raise PushWrong(f"第 {number} 行有约定之外的列：{'、'.join(unknown)[:200]}")
        kept.append({name: _text(value) for name, value in row.items()})
    return kept


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)
