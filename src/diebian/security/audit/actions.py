"""What writes the trail: one line for each deed, and the tree that grows over the lines."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from django.db import connection, transaction

from diebian.kernel import clock

from . import heads
from .canonical import HeadFacts, moment
from .models import AuditEntry, Head, Leaf, Waiting
from .refusals import TreeBroken
from .tree import HASH_BYTES, Peaks, leaf_hash

ONE_GROWER = 6962  # the advisory lock's number: of two jobs, one grows the tree
CHUNK = 2000
# In SQL: each step of a case writes here, and through the model this line was dear.
RECORD = """insert into audit_auditentry (at, actor, department, action, subject)
select %s, %s, %s, %s, unnest(%s::text[])"""
# The same line as a part of another statement (`with … as (…)`): so a step of a case is written.
PART = """insert into audit_auditentry (at, actor, department, action, subject)
values (%(trail_at)s, %(trail_actor)s, %(trail_department)s, %(trail_action)s, %(trail_subject)s)"""


class Accountable(Protocol):
    """All that the trail needs to know of an actor; identity stays out of this component."""

    @property
    def name(self) -> str: ...
    @property
    def department(self) -> str: ...


def record(*, by: Accountable, action: str, subject: str) -> None:
    """Call inside the action's transaction: deed and trace commit together or not at all."""
    record_each(by=by, action=action, subjects=[subject])


def record_each(*, by: Accountable, action: str, subjects: Iterable[str]) -> None:
    """One deed done to many at once: a line for each, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [clock.now(), by.name, by.department, action, list(subjects)])


def part_of(*, by: Accountable, action: str, subject: str) -> dict[str, object]:
    """The parameters of `PART`, for whoever writes deed and trace by one statement."""
    return {
        "trail_at": clock.now(), "trail_actor": by.name, "trail_department": by.department,
        "trail_action": action, "trail_subject": subject,
    }  # fmt: skip


@transaction.atomic
def grow_tree() -> Head | None:
    """Gives every committed entry its place and signs the new head; None when there is none.

    Writers never wait for this: they insert, and this job alone numbers what has committed.
    """
    if not _is_the_only_grower():
        return None
    peaks = _peaks_of_last_head()
    before = peaks.size
    for chunk in _chunks_of_waiting():
        leaves = []
        for entry in chunk:
            hashed = leaf_hash(entry.facts.content)
            leaves.append(Leaf(position=peaks.size, entry=entry.pk, hash=hashed))
            peaks.add(hashed)
        Leaf.objects.bulk_create(leaves)
        Waiting.objects.filter(pk__in=[leaf.entry for leaf in leaves]).delete()
    return _signed(peaks) if peaks.size > before else None


def _is_the_only_grower() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [ONE_GROWER])
        return bool(cursor.fetchone()[0])


def _peaks_of_last_head() -> Peaks:
    last = Head.objects.order_by("-size").first()
    if last is None:
        return Peaks()
    stored = bytes(last.peaks)
    starts = range(0, len(stored), HASH_BYTES)
    peaks = Peaks(last.size, [stored[start : start + HASH_BYTES] for start in starts])
    if peaks.root != bytes(last.root) or len(peaks.hashes) != last.size.bit_count():
        raise TreeBroken
    return peaks


def _chunks_of_waiting() -> Iterator[list[AuditEntry]]:
    """Known before the first is numbered: what commits meanwhile belongs to the next head."""
    waiting = list(Waiting.objects.order_by("entry").values_list("entry", flat=True))
    for start in range(0, len(waiting), CHUNK):
        chunk = waiting[start : start + CHUNK]
        yield list(AuditEntry.objects.filter(pk__in=chunk).order_by("pk"))


def _signed(peaks: Peaks) -> Head:
    now = clock.now()
    signed = heads.sign(HeadFacts(size=peaks.size, root=peaks.root.hex(), at=moment(now)))
    head = Head.objects.create(
        size=peaks.size,
        root=peaks.root,
        at=now,
        signature=bytes.fromhex(signed.signature),
        key_id=signed.key_id,
        peaks=b"".join(peaks.hashes),
    )
    # After the commit: a head outside must never speak of entries that were rolled back.
    transaction.on_commit(lambda: heads.publish(signed))
    return head
