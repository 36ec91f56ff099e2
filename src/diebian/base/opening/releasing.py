"""Writing what the public gets: checked again, written once for each snapshot, then shown.

What no longer passes is not written: the release before it stays, and the provider is told. What
the catalogue no longer allows is taken down at once.
"""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from diebian.base.lake.public import LakeTable, lake_table, open_lake
from diebian.base.messages.public import notify
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM
from diebian.standards.opening import SMALLEST_GROUP

from .actions import keep_check, withdraw
from .checking import Question, check_in
from .columns import lines_of
from .counted import told_of
from .models import Dataset, Release, State
from .questions import columns_of, question_of
from .refusals import NotCollected
from .shelf import place_of, put, workplace
from .writing import differences, write_files

K = SMALLEST_GROUP.k
FEW = f"新的一批里变了的不到 {K} 行，两批一比就知道是谁变了；变化多一些再放出"


def release(dataset_id: UUID) -> Release | None:
    """None where nothing new was written: unchanged, not open, or it would not pass."""
    row = _row(dataset_id)
    if row is None or row.state != State.PUBLISHED:
        return None
    table = lake_table(row.collection.slug)
    forbidden = _forbidden(row, table)
    if forbidden:
        withdraw(dataset_id=dataset_id, reason=forbidden[:300], by=PLATFORM)
        return None
    if _nothing_new(row):
        return None
    began = clock.now()  # what is collected from here on is for the next release
    with open_lake() as lake:
        return _checked(lake, row, question_of(row), began)


def _nothing_new(row: Dataset) -> bool:
    collected = row.collection.collected_at
    if row.looked_at is None:
        return False
    return collected is None or row.looked_at >= collected


def _checked(lake: Any, row: Dataset, asked: Question, began: datetime) -> Release | None:
    try:
        found = check_in(lake, asked)
    except NotCollected as error:
        return _held(row, error.title, began)
    keep_check(row, found)
    if not found.is_good:
        return _held(row, found.says, began)
    made = made_of(lake, asked, found.snapshot, _last_file(row))
    if made is None:
        _looked(row, began, FEW)
        return None
    return _kept(row.public_id, {**made, "made_at": began, "snapshot": found.snapshot})


def made_of(
    lake: Any, asked: Question, snapshot: int, before: Path | None = None
) -> dict[str, Any] | None:
    """Files on the shelf, and what the page will show of them.

    None where so few rows differ from `before` that whoever has both would see who changed.
    """
    place = workplace()
    try:
        files, left_out = write_files(lake, asked, snapshot, place)
        if before and asked.quasi and 0 < differences(lake, files["parquet"], before) < K:
            return None
        told = told_of(files["parquet"], asked)
        put_away = {name: put(file) for name, file in files.items()}
    finally:
        shutil.rmtree(place)
    kept = {name: {"digest": digest, "size": size} for name, (digest, size) in put_away.items()}
    return {**told, "files": kept, "left_out": left_out}


def _last_file(row: Dataset) -> Path | None:
    last = row.releases.first()
    file = place_of(last.files["parquet"]["digest"]) if last else None
    return file if file and file.exists() else None


@transaction.atomic
def _kept(dataset_id: UUID, told: dict[str, Any]) -> Release | None:
    """Withdrawn meanwhile: then nothing is released. The same again is no new release."""
    row = Dataset.objects.select_for_update().get(public_id=dataset_id)
    if row.state != State.PUBLISHED:
        return None
    _looked(row, told["made_at"], "")
    last = row.releases.first()
    if last and last.files == told["files"]:
        return None
    number = last.number + 1 if last else 1
    made = Release.objects.create(dataset=row, number=number, **told)
    audit.record(by=PLATFORM, action="opening.dataset.released", subject=row.audit_subject)
    return made


def _looked(row: Dataset, at: datetime, trouble: str) -> None:
    row.looked_at, row.trouble = at, trouble[:500]
    row.save(update_fields=["looked_at", "trouble"])


def _forbidden(row: Dataset, table: LakeTable) -> str:
    """What the catalogue says against it by now; empty when all is as it was decided."""
    lines = lines_of(row.entry, table)
    known = {line.name: line for line in lines.columns}
    told = list(lines.reasons)
    for column in columns_of(row):
        line = known.get(column.name)
        told += [f"“{column.title}”{one}" for one in line.reasons] if line else []
    return "；".join(told)


@transaction.atomic
def _held(row: Dataset, why: str, at: datetime) -> None:
    is_new = row.trouble != why[:500]
    _looked(row, at, why)
    if not is_new:
        return
    audit.record(by=PLATFORM, action="opening.dataset.held", subject=row.audit_subject)
    link = reverse("opening:dataset", args=[row.public_id])
    body = f"新的一批没有放出，公开的还是上一批：{why}"[:500]
    notify(key=row.proposed_key, title=f"开放数据：{row.title}", body=body, link=link,
           by=PLATFORM)  # fmt: skip


def _row(dataset_id: UUID) -> Dataset | None:
    rows = Dataset.objects.select_related("entry__provider", "collection")
    return rows.filter(public_id=dataset_id).first()
