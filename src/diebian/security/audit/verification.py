"""The whole trail against everything that was ever signed about it, told entry by entry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from diebian.security.keys.public import Verifier

from . import heads
from .canonical import EntryFacts, moment
from .heads import SignedHead
from .models import Head, Waiting
from .tree import Peaks, leaf_hash

LONGEST_TRANSACTION = timedelta(hours=1)  # an entry says when the deed was; it commits later
ROWS = """
select l.position, l.entry, l.hash, e.id, e.at, e.actor, e.department, e.action, e.subject
from audit_leaf l left join audit_auditentry e on e.id = l.entry order by l.position
"""
OUTSIDE = """
select e.id from audit_auditentry e
where not exists (select from audit_leaf l where l.entry = e.id)
and not exists (select from audit_waiting w where w.entry = e.id) order by e.id
"""
VANISHED = """
select w.entry from audit_waiting w
where not exists (select from audit_auditentry e where e.id = w.entry) order by w.entry
"""


@dataclass
class Report:
    size: int = 0
    heads: int = 0
    waiting: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, says: str) -> None:
        self.faults.append(says)


@dataclass(frozen=True)
class _Row:
    position: int
    entry: int
    hash: bytes
    facts: EntryFacts | None
    at: datetime | None


def examine(*, folder: Path | None = None, key: Verifier | None = None) -> Report:
    """Reads one moment of the database; call outside of any transaction.

    An auditor brings a folder of heads and a key of his own. The heads outside are read first: each
    was committed before it was published, so whatever they speak of must be there.
    """
    report = Report()
    outside = list(heads.published(folder))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        said = _heads_said(report, outside, key or heads.signer().verifier)
        report.heads = len(said)
        report.waiting = Waiting.objects.count()
        _walk(report, said)
        for entry in _ids(OUTSIDE):
            report.add(f"编号 {entry}：多出来的一条，没有经过入树登记，是被插入的")
        for entry in _ids(VANISHED):
            report.add(f"编号 {entry}：登记过、还没有入树就不见了，是被删除的")
    return report


def _heads_said(
    report: Report, outside: Iterable[tuple[str, SignedHead | None]], key: Verifier
) -> dict[int, SignedHead]:
    """Heads by size, from the table and from outside; those with a wrong signature are told."""
    said: dict[int, SignedHead] = {}
    inside: list[tuple[str, SignedHead | None]] = [
        (f"库内树头 {row.size}", SignedHead(row.facts, bytes(row.signature).hex(), row.key_id))
        for row in Head.objects.order_by("size")
    ]
    for where, head in [*inside, *outside]:
        if head is None:
            report.add(f"{where}：读不出树头")
        elif not head.is_signed_by(key):
            report.add(f"{where}：树头的签名不对，是改动或伪造的")
        elif said.setdefault(head.facts.size, head).facts.root != head.facts.root:
            report.add(f"{where}：同样 {head.facts.size} 条，签过两个不同的树根，历史被改写过")
    return said


def _walk(report: Report, said: dict[int, SignedHead]) -> None:
    """Every leaf in order; at every size that a head speaks of, its root must come out."""
    peaks, agreed, is_torn = Peaks(), 0, False
    since: datetime | None = None
    for row in _rows():
        if row.position != report.size:
            report.add(f"第 {report.size + 1} 至 {row.position} 条：连同叶子被删除了")
            is_torn = True  # no root can fit any more, and none is asked for
        _look(report, row, since)
        peaks.add(row.hash)
        report.size = row.position + 1
        head = said.get(report.size)
        if head is None:
            continue
        since = datetime.fromisoformat(head.facts.at)
        if not is_torn and peaks.root.hex() != head.facts.root:
            report.add(
                f"第 {agreed + 1} 至 {report.size} 条：与签名的树头对不上，"
                "其中有条目连同叶子一起被改动、删除或插入"
            )
            is_torn = True
        agreed = report.size
    _look_for_cut_tail(report, said)


def _look(report: Report, row: _Row, since: datetime | None) -> None:
    which = f"第 {row.position + 1} 条（编号 {row.entry}）"
    if row.facts is None or row.at is None:
        report.add(f"{which}：被删除了，只剩叶子")
    elif leaf_hash(row.facts.content) != row.hash:
        report.add(f"{which}：入树以后被改动过")
    elif since is not None and row.at < since - LONGEST_TRANSACTION:
        report.add(
            f"{which}：自称 {moment(row.at)} 发生，却在 {moment(since)} 的树头之后才出现，"
            "疑为事后插入"
        )


def _look_for_cut_tail(report: Report, said: dict[int, SignedHead]) -> None:
    longest = max(said, default=0)
    if longest > report.size:
        report.add(
            f"第 {report.size + 1} 至 {longest} 条：{said[longest].facts.at} 签名的树头说有 "
            f"{longest} 条，库里只剩 {report.size} 条，末尾被删除（或者恢复了旧的备份）"
        )
    elif longest < report.size:
        report.add(
            f"第 {longest + 1} 至 {report.size} 条：有叶子却没有树头为它们签名，"
            "树头被删除，或者叶子是伪造的"
        )


def _rows() -> Iterator[_Row]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        for row in cursor:
            yield _row(*row)


def _row(
    position: int, entry: int, hashed: bytes, found: int | None, at: datetime | None, *rest: Any
) -> _Row:
    facts = None
    if found is not None and at is not None:
        actor, department, action, subject = rest
        facts = EntryFacts(found, moment(at), actor, department, action, subject)
    return _Row(position, entry, bytes(hashed), facts, at)


def _ids(query: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [entry for (entry,) in cursor.fetchall()]
