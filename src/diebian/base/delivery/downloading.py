"""下载 under a grant: the whole file, or the granted columns of a table as CSV. Each is a use."""

from dataclasses import dataclass

from django.db import transaction

from diebian.base.catalogue.public import Kind, ResourceLine, resource
from diebian.base.exchange.public import GrantTerms, Mode, count_use, hold, terms_of
from diebian.base.lake.public import Selection, lake_table, read_rows
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused
from diebian.security.keys.public import sm3
from diebian.standards.masking import masked

from . import policy, volume
from .files import path_of
from .models import Download
from .refusals import ColumnsGone, FileLost, GrantOver, PurposeMissing, TooManyRows, WayWrong
from .runs import USE_OF_FILE
from .sheets import csv_of

MOST_ROWS = 200_000
SECONDS = 30.0
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Handed:
    name: str
    media: str
    content: bytes
    rows: int | None  # of a table
    digest: str  # SM3


def download(*, grant_id: int, purpose: str, by: Actor) -> Handed:
    """`purpose`: what it is for this time. Raises `Refused`, `WayWrong`, `PurposeMissing`,
    `GrantOver`, `VolumeUsed`, `FileLost`, `TooManyRows`, `ColumnsGone`, and what the lake refuses.
    """
    terms = terms_of(grant_id)
    if not policy.may_receive(by, terms):
        raise Refused
    if terms.mode != Mode.FILE:
        raise WayWrong
    if not purpose.strip():
        raise PurposeMissing
    if not terms.is_in_force:
        raise GrantOver
    began = clock.now()
    volume.check(terms, None, began)
    found = resource(terms.resource)
    handed = _file(found) if found.kind == Kind.FILE else _table(found, terms)
    with transaction.atomic():
        if not hold(terms):
            raise GrantOver
        now = clock.now()
        volume.check(terms, len(handed.content) if handed.rows is None else handed.rows, now)
        made = Download.objects.create(
            grant_id=grant_id,
            by_key=by.key,
            by_name=by.name,
            purpose=purpose.strip()[:200],
            name=handed.name,
            rows=handed.rows,
            size=len(handed.content),
            digest=handed.digest,
            at=now,
        )
        milliseconds = round((made.at - began).total_seconds() * 1000)
        count_use(
            terms=terms,
            kind=USE_OF_FILE,
            number=made.pk,
            at=made.at,
            milliseconds=milliseconds,
            flag="FILE",
        )
        audit.record(by=by, action="delivery.downloaded", subject=f"delivery.download:{made.pk}")
    return handed


def _file(found: ResourceLine) -> Handed:
    """What is on the disk is what was mounted, or it is not handed over."""
    told = found.contract
    path = path_of(told["digest"])
    content = path.read_bytes() if path.is_file() else b""
    if sm3(content).hex() != told["digest"]:
        raise FileLost(told["name"])
    return Handed(told["name"], told["media"], content, None, told["digest"])


def _table(found: ResourceLine, terms: GrantTerms) -> Handed:
    fields, columns = found.contract["fields"], terms.columns
    if gone := [one for one in columns if one not in fields]:
        raise ColumnsGone("、".join(gone))
    region = {fields[found.contract["region"]]: terms.region} if terms.region else {}
    told = read_rows(
        lake_table(found.contract["collection"]).name,
        Selection(columns=[fields[one] for one in columns], begins=region, limit=MOST_ROWS + 1),
        seconds=SECONDS,
    )
    if len(told.rows) > MOST_ROWS:
        raise TooManyRows(f"有 {told.total} 行，最多 {MOST_ROWS} 行")
    hidden = [one in terms.masked for one in columns]
    rows = [
        [masked(str(value)) if hide and value is not None else value
         for value, hide in zip(row, hidden, strict=True)]
        for row in told.rows
    ]  # fmt: skip
    names = {one.column: one.name for one in found.columns}
    content = csv_of([names.get(one, one) for one in columns], rows)
    return Handed(f"{found.slug}.csv", CSV, content, len(rows), sm3(content).hex())
