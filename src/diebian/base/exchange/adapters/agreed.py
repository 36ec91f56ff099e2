"""Whether an answer is what the catalogue's entry promises: type and length of each value.

An answer that cannot be read is refused (`formats`). One that can, but has a value of another
type than the entry says, is given on: the caller's case must not stop for it. Both are counted, by
column and kind and never with the value, and seen in the entry's health and on the resource's page.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import asyncpg

from diebian.base.exchange.protocol.store import STORE_AWAY
from diebian.kernel import clock
from diebian.standards.metadata import ItemType

from .formats import Row

ROWS_LOOKED_AT = 20  # of one answer
TELL_SECONDS = 1.0
UNREADABLE, GONE = "答复不是约定的格式", "接口里已没有这一项"
TELL = """
insert into exchange_contractfault (resource, day, "column", says, times, last_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (resource, day, "column", says) do update
set times = exchange_contractfault.times + excluded.times, last_at = excluded.last_at
"""
DATE = re.compile(r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?")


@dataclass(frozen=True)
class Item:
    """What the entry says of a column."""

    name: str
    type: str
    length: str
    sharing: str = ""  # its own; empty: as its entry


class Agreement:
    """Of this process. What was not told yet when it is killed, a second's, is not counted."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def look(self, slug: str, rows: Sequence[Row], items: Mapping[str, Item]) -> None:
        for row in rows[:ROWS_LOOKED_AT]:
            for column, value in row.items():
                item = items.get(column)
                if item is not None and value and (says := fault(value, item)):
                    self._seen[slug, column, says] += 1

    def unreadable(self, slug: str) -> None:
        self._seen[slug, "", UNREADABLE] += 1

    def gone(self, slug: str, columns: Sequence[str]) -> None:
        self._seen.update((slug, column, GONE) for column in columns)

    async def beat(self) -> None:
        """For ever."""
        while True:
            await asyncio.sleep(TELL_SECONDS)
            if self._seen:
                await self.tell()

    async def tell(self) -> None:
        seen, self._seen = self._seen, Counter()
        now, day = clock.now(), clock.today()
        rows = [(slug, day, *what, times, now) for (slug, *what), times in sorted(seen.items())]
        try:
            await self._pool.executemany(TELL, rows)
        except STORE_AWAY:
            self._seen += seen


def fault(value: str, item: Item) -> str:
    """In words, or empty. A length may say `12,2`: figures before and after the point together."""
    if item.type == ItemType.NUMBER:
        return "" if _is_number(value) else "不是数值"
    if item.type in {ItemType.DATE, ItemType.MOMENT}:
        return "" if _is_date(value) else "不是日期"
    limit = item.length.partition(",")[0]
    if item.type == ItemType.TEXT and limit.isdigit() and len(value) > int(limit):
        return f"超过 {limit} 个字符"
    return ""


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _is_date(value: str) -> bool:
    found = DATE.match(value)
    if found is None:
        return False
    try:
        date(*(int(part) for part in found.groups()))
    except ValueError:
        return False
    return True
