"""What stands behind one row: what happened when, by which post or department. No names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from diebian.kernel.errors import NotFound
from diebian.kernel.registry import Registry

from .rows import ActReference


@dataclass(frozen=True)
class ActLine:
    at: datetime
    what: str
    whose: str  # a post and department, never a person
    note: str = ""


@dataclass(frozen=True)
class Act:
    title: str
    facts: Sequence[tuple[str, str]]
    lines: Sequence[ActLine] = ()
    calls: Sequence[ActLine] = ()
    related: Sequence[tuple[str, ActReference]] = ()


@dataclass(frozen=True)
class ActKind:
    """`read` raises NotFound for a number that is none."""

    slug: str
    read: Callable[[str], Act]


acts = Registry[ActKind]("act")
Behind = TypeVar("Behind", bound=Model)


def row_behind(rows: QuerySet[Behind], number: str) -> Behind:
    """By its `public_id`, which the rows have. Raises `NotFound`, also for what is no such key."""
    try:
        found = rows.filter(public_id=UUID(number)).first()
    except ValueError:
        raise NotFound from None
    if found is None:
        raise NotFound
    return found
