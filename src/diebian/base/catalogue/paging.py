"""Published entries for machines, page by page, in the order of making.

A page begins after an entry and not at a number: what is published or withdrawn while somebody
reads on moves nothing, so that no entry is left out or told twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from diebian.kernel.errors import Invalid

from .models import Entry, State
from .selectors import EntryLine, line_of

USUAL, MOST = 500, 1_000


@dataclass(frozen=True)
class EntriesPage:
    """`after` is None on the last page."""

    lines: Sequence[EntryLine]
    limit: int
    after: UUID | None


def entries_page(*, after: str, limit: str) -> EntriesPage:
    """Raises `Invalid` for a limit that is none and for an entry that nobody knows."""
    most = _limit(limit)
    rows = Entry.objects.filter(state=State.PUBLISHED).select_related("provider")
    if after:
        rows = rows.filter(pk__gt=_place(after))
    found = list(rows.defer("search_text").order_by("pk")[: most + 1])
    shown = found[:most]
    is_last = len(found) <= most
    return EntriesPage(
        [line_of(entry) for entry in shown], most, None if is_last else shown[-1].public_id
    )


def _limit(told: str) -> int:
    if not told:
        return USUAL
    if not (told.isascii() and told.isdecimal() and len(told) <= len(str(MOST))):
        raise Invalid(fields={"limit": [f"应是 1 到 {MOST} 的整数"]})
    if not 1 <= int(told) <= MOST:
        raise Invalid(fields={"limit": [f"应是 1 到 {MOST} 的整数"]})
    return int(told)


def _place(after: str) -> int:
    """Also of one that was withdrawn meanwhile."""
    try:
        place = Entry.objects.filter(public_id=UUID(after)).values_list("pk", flat=True).first()
    except ValueError:
        place = None
    if place is None:
        raise Invalid(fields={"after": ["没有这一条目录，请从第一页读起"]})
    return place
