"""A season's line: each holder gets the next free moment, and waits for it in the order of coming.

The moments lie as far apart as the department's system can bear. Nobody is passed over, nobody is
let in early; a call whose moment is far off leaves with a ticket that keeps its place. A moment
whose holder does not come back passes unused: that is the price for a line that needs no store.

A holder has one open place: who asks again without the ticket is given the same one. A consumer
fills its share of the line and no more: the others' parts stay free for them.
"""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

from diebian.base.exchange.protocol.refusals import InLine, LineFull

from .tickets import Ticket, holder_of, new_ticket

LATE_SECONDS = 120  # so long a ticket is good after its moment; its holder asks again by himself
LONGEST_RETRY = 60  # seconds: whoever waits longer comes by now and then, and keeps the place
NEXT_TRY_SECONDS = 2.0  # for whoever was let in and found no place at the system


@dataclass(frozen=True)
class SeasonTerms:
    """A `Season` as the read path uses it."""

    id: int
    each_second: int
    waiting_most: int
    kept_seconds: int
    consumers: int  # systems that may call it

    @property
    def share(self) -> int:
        """So many of one consumer may wait: equal parts of the line, rounded up."""
        return -(-self.waiting_most // max(1, self.consumers))


@dataclass
class WaitingLine:
    terms: SeasonTerms
    until: float = 0.0  # the moment after the last one given out
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)  # by system, what happened
    _used: dict[str, float] = field(default_factory=dict)  # tickets redeemed, and their moments
    _open: dict[str, Ticket] = field(default_factory=dict)  # by holder, the oldest first
    _moments: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def waiting(self, now: float) -> int:
        return max(0, round((self.until - now) * self.terms.each_second))

    def waiting_of(self, system: str, now: float) -> int:
        moments, over = self._moments[system], now - 1 / self.terms.each_second
        while moments and moments[0] <= over:
            moments.popleft()
        return len(moments)

    def systems(self) -> list[str]:
        """Those that stand in it, or did."""
        return list(self._moments)

    def turn(self, system: str, subject: str, ticket: Ticket | None, now: float) -> Ticket:
        """The caller's place: the one that the ticket or the line keeps, or a new one at the end.

        Raises `LineFull` where the line, or this system's share of it, is as long as it may be.
        """
        holder = holder_of(system, subject)
        for kept in (ticket, self._open.get(holder)):
            if kept is not None and self._is_good(kept, holder, now):
                return kept
        self._refuse_if_full(system, now)
        moment = max(now, self.until)
        self.until = moment + 1 / self.terms.each_second
        self._moments[system].append(moment)
        return self._opened(moment, holder, now)

    def next_try(self, system: str, subject: str, now: float) -> Ticket:
        """For whoever was let in and found no place at the system: next, not last again."""
        return self._opened(now + NEXT_TRY_SECONDS, holder_of(system, subject), now)

    def admit(self, system: str, ticket: Ticket, now: float) -> None:
        """Its moment is here: it is used up."""
        self._used[ticket.once] = ticket.turn
        self._open.pop(ticket.holder, None)
        self.counted[system, "admitted"] += 1
        if len(self._used) > 2 * LATE_SECONDS * self.terms.each_second + self.terms.waiting_most:
            fresh = now - LATE_SECONDS
            self._used = {once: turn for once, turn in self._used.items() if turn > fresh}

    def send_off(self, system: str, ticket: Ticket, now: float) -> InLine:
        """The refusal that carries the ticket, the place and when to come again."""
        self.counted[system, "told_to_wait"] += 1
        left = ticket.turn - now
        return InLine(
            ticket=ticket.text,
            place=max(1, round(left * self.terms.each_second)),
            expected_seconds=max(1, round(left)),
            retry_after=max(1, min(LONGEST_RETRY, round(left))),
        )

    def _refuse_if_full(self, system: str, now: float) -> None:
        if self.waiting(now) >= self.terms.waiting_most:
            self.counted[system, "turned_away"] += 1
            raise LineFull(retry_after=LONGEST_RETRY)
        if self.waiting_of(system, now) >= self.terms.share:
            self.counted[system, "turned_away"] += 1
            says = f"本系统已有 {self.terms.share} 人在排，别的系统的位置要留着"
            raise LineFull(says, retry_after=LONGEST_RETRY)

    def _opened(self, moment: float, holder: str, now: float) -> Ticket:
        made = new_ticket(self.terms.id, moment, holder)
        self._open.pop(holder, None)  # so that the newest is the last
        self._open[holder] = made
        while (oldest := next(iter(self._open.values()))).turn <= now - LATE_SECONDS:
            del self._open[oldest.holder]
        return made

    def _is_good(self, ticket: Ticket, holder: str, now: float) -> bool:
        return (
            (ticket.season, ticket.holder) == (self.terms.id, holder)
            and ticket.once not in self._used
            and ticket.turn > now - LATE_SECONDS
        )
