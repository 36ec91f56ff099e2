"""The read path in a season: what is kept is answered at once, the others stand in line."""

import asyncio
import hashlib
import json
import os
import time
from collections import Counter, OrderedDict
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime

import asyncpg

from diebian.base.exchange.adapters.formats import Row
from diebian.base.exchange.protocol.deadline import Deadline
from diebian.base.exchange.protocol.refusals import InLine
from diebian.base.exchange.protocol.store import STORE_AWAY
from diebian.kernel import clock

from .line import SeasonTerms, WaitingLine
from .models import COUNTED
from .tickets import ticket_in

MOST_KEPT = 50_000  # people; the oldest answer goes first
PULSE_SECONDS = 1.0
LINE_UNTIL = "select max(line_until) from exchange_seasonpulse where season_id = $1"
PULSE = """
insert into exchange_seasonpulse
  (season_id, broker, system, at, line_until, waiting, share,
   admitted, kept, told_to_wait, turned_away)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (season_id, broker, system) do update set
  at = excluded.at, line_until = excluded.line_until,
  waiting = excluded.waiting, share = excluded.share,
  admitted = exchange_seasonpulse.admitted + excluded.admitted,
  kept = exchange_seasonpulse.kept + excluded.kept,
  told_to_wait = exchange_seasonpulse.told_to_wait + excluded.told_to_wait,
  turned_away = exchange_seasonpulse.turned_away + excluded.turned_away
"""
Wanted = Mapping[str, str]


class Seasons:
    """Of this process: with two brokers each moves a line of its own, half as fast by its terms."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._lines: dict[int, WaitingLine] = {}
        self._kept: OrderedDict[str, tuple[float, list[Row]]] = OrderedDict()

    def kept(
        self, terms: SeasonTerms | None, system: str, fields: Collection[str], wanted: Wanted
    ) -> list[Row] | None:
        """What this person was answered before, as long as the season lets it be kept."""
        if terms is None or not terms.kept_seconds:
            return None
        found = self._kept.get(_key(terms, fields, wanted))
        if found is None or found[0] < time.monotonic():
            return None
        if terms.id in self._lines:
            self._lines[terms.id].counted[system, "kept"] += 1
        return found[1]

    def keep(
        self, terms: SeasonTerms | None, fields: Collection[str], wanted: Wanted, rows: list[Row]
    ) -> None:
        """Not that there is nothing: it may come within the hour."""
        if terms is None or not terms.kept_seconds or not rows:
            return
        self._kept[_key(terms, fields, wanted)] = time.monotonic() + terms.kept_seconds, rows
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    async def stand_in_line(
        self, terms: SeasonTerms, system: str, subject: str, ticket: str, deadline: Deadline
    ) -> None:
        """Returns when it is the caller's turn; raises `InLine` or `LineFull`."""
        line = await self._line(terms, deadline)
        now = clock.now().timestamp()
        shown = ticket_in(ticket) if ticket else None
        place = line.turn(system, subject, shown, now)
        left = place.turn - now
        if left > deadline.left(deadline.patience.place):
            raise line.send_off(system, place, now)
        line.admit(system, place, now)
        if left > 0:
            await asyncio.sleep(left)

    def kept_place(self, terms: SeasonTerms, system: str, subject: str) -> InLine:
        """For whoever was let in and found no place at the system: next, not last again."""
        line, now = self._lines[terms.id], clock.now().timestamp()
        return line.send_off(system, line.next_try(system, subject, now), now)

    async def beat(self) -> None:
        """For ever: tells the page of those who watch how it goes."""
        while True:
            await asyncio.sleep(PULSE_SECONDS)
            for season, line in list(self._lines.items()):
                told, line.counted = line.counted, Counter()
                try:
                    await self._tell(season, line, told)
                except STORE_AWAY:
                    line.counted += told

    async def _tell(self, season: int, line: WaitingLine, told: Counter[tuple[str, str]]) -> None:
        """A row for each system that stands in line, or was answered with what is kept."""
        until, now = datetime.fromtimestamp(line.until, UTC), clock.now()
        name, share = f"broker-{os.getpid()}", line.terms.share
        systems = dict.fromkeys([*line.systems(), *(system for system, _ in told)])
        rows = []
        for system in systems:
            waiting = line.waiting_of(system, now.timestamp())
            counts = [told[system, one] for one in COUNTED]
            rows.append((season, name, system, now, until, waiting, share, *counts))
        await self._pool.executemany(PULSE, rows)

    async def _line(self, terms: SeasonTerms, deadline: Deadline) -> WaitingLine:
        """A line goes on where a broker before left it: tickets that it gave out stay good."""
        line = self._lines.get(terms.id)
        if line is None:
            left_off = None
            with suppress(*STORE_AWAY):
                async with deadline.for_store():
                    left_off = await self._pool.fetchval(LINE_UNTIL, terms.id)
            made = WaitingLine(terms, left_off.timestamp() if left_off else 0.0)
            line = self._lines.setdefault(terms.id, made)
        line.terms = terms
        return line


def _key(terms: SeasonTerms, fields: Collection[str], wanted: Wanted) -> str:
    """Mounted anew with other fields, what was kept under the old ones is not found."""
    told = json.dumps([terms.id, sorted(fields), wanted], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
