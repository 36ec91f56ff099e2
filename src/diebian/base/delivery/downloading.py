"""下载 under a grant: the whole file, or the granted columns of a table as CSV. Each is a use."""

from dataclasses import dataclass

from django.db import transaction

from diebian.base.catalogue.public import Kind, ResourceLine, resource
from diebian.base.exchange.public import GrantTerms, Mode, count_use, hold, terms_of
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused
from diebian.security.keys.public import sm3
from diebian.standards.masking import masked

from . import policy, volume
from .files import path_of
from .models import Download
from .origins import origin_of
from .refusals import FileLost, GrantOver, PurposeMissing, SourceEnded, TooManyRows, WayWrong
from .runs import USE_OF_FILE
from .sheets import csv_of

MOST_ROWS = 200_000
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Handed:
    name: str
    media: str
    content: bytes
    rows: int | None  # of a table
    digest: str  # SM3
    snapshot: int | None = None  # of a table: at which state it was read


def download(*, grant_id: int, purpose: str, by: Actor) -> Handed:
    """`purpose`: what it is for this time. Raises `Refused`, `WayWrong`, `PurposeMissing`,
    `GrantOver`, `VolumeUsed`, `FileLost`, `TooManyRows`, and what the table's origin refuses.
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
        if found.kind == Kind.TABLE and not origin_of(found).hold(found, handed.snapshot):
            raise SourceEnded
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
    columns = terms.columns
    told = origin_of(found).read(found, terms, MOST_ROWS + 1)
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
    digest = sm3(content).hex()
    return Handed(f"{found.slug}.csv", CSV, content, len(rows), digest, told.snapshot)
