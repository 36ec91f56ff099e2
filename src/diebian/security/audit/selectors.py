"""Everything that reads the trail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from .models import AuditEntry, Head, Leaf
from .refusals import NotInTheTree
from .tree import Peaks, inclusion_path


@dataclass(frozen=True)
class AuditLine:
    """One deed, for a panel that tells a thing's history."""

    at: datetime
    actor: str
    department: str  # credit code; empty for a person and for the platform
    action: str


@dataclass(frozen=True)
class Place:
    """An entry in the tree of a signed head, with the way from its leaf to the root."""

    entry: AuditEntry
    position: int
    head: Head
    path: list[bytes]


def actions_on(subject: str) -> list[str]:
    """What was done to the subject, oldest first."""
    return [line.action for line in lines_about(subject)]


def lines_about(*subjects: str) -> list[AuditLine]:
    """What was done to any of the subjects, when and by whom, oldest first."""
    entries = AuditEntry.objects.filter(subject__in=subjects).order_by("at", "pk")
    rows = entries.values_list("at", "actor", "department", "action")
    return [AuditLine(*row) for row in rows]


def place_of(entry: int) -> Place:
    """Under the newest head. Reads every leaf once: a proof is asked for seldom (ADR 6)."""
    leaf = Leaf.objects.filter(entry=entry).first()
    head = Head.objects.order_by("-size").first()
    row = AuditEntry.objects.filter(pk=entry).first()
    if leaf is None or head is None or row is None:
        raise NotInTheTree(f"编号 {entry}")
    path = inclusion_path(leaf.position, head.size, _root_between)
    return Place(row, leaf.position, head, path)


def _root_between(low: int, high: int) -> bytes:
    return Peaks.of(_leaf_hashes(low, high)).root


def _leaf_hashes(low: int, high: int) -> Iterator[bytes]:
    leaves = Leaf.objects.filter(position__gte=low, position__lt=high).order_by("position")
    for found in leaves.values_list("hash", flat=True).iterator():
        yield bytes(found)
