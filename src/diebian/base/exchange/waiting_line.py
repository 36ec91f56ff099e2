"""A season's line: each call gets the next free moment, and waits for it in the order of coming.

The moments lie as far apart as the department's system can bear. Nobody is passed over, nobody is
let in early; a call whose moment is far off leaves with a ticket that keeps its place. A moment
whose holder does not come back passes unused: that is the price for a line that needs no store.
"""

from collections import Counter
from dataclasses import dataclass, field

from .refusals import InLine, LineFull
from .tickets import Ticket, new_ticket

LATE_SECONDS = 120  # so long a ticket is good after its moment; its holder asks again by himself
LONGEST_RETRY = 60  # seconds: whoever waits longer comes by now and then, and keeps the place


@dataclass(frozen=True)
class SeasonTerms:
    """A `Season` as the read path uses it."""

    id: int
    each_second: int
    waiting_most: int
    kept_seconds: int


@dataclass
class WaitingLine:
    terms: SeasonTerms
    until: float = 0.0  # the moment after the last one given out
    counted: Counter[str] = field(default_factory=Counter)
    _used: dict[str, float] = field(default_factory=dict)  # tickets redeemed, and their moments

    def waiting(self, now: float) -> int:
        return max(0, round((self.until - now) * self.terms.each_second))

    def turn(self, holder: str, ticket: Ticket | None, now: float) -> Ticket:
        """The caller's place: the one that the ticket keeps, or a new one at the end.

        Raises `LineFull` where the line is as long as it may be.
        """
        if ticket is not None and self._is_good(ticket, holder, now):
            return ticket
        if self.waiting(now) >= self.terms.waiting_most:
            self.counted["turned_away"] += 1
            raise LineFull(retry_after=LONGEST_RETRY)
        moment = max(now, self.until)
        self.until = moment + 1 / self.terms.each_second
        return new_ticket(self.terms.id, moment, holder)

    def admit(self, ticket: Ticket, now: float) -> None:
        """Its moment is here: it is used up."""
        self._used[ticket.once] = ticket.turn
        self.counted["admitted"] += 1
        if len(self._used) > 2 * LATE_SECONDS * self.terms.each_second + self.terms.waiting_most:
            fresh = now - LATE_SECONDS
            self._used = {once: turn for once, turn in self._used.items() if turn > fresh}

    def send_off(self, ticket: Ticket, now: float) -> InLine:
        """The refusal that carries the ticket, the place and when to come again."""
        self.counted["told_to_wait"] += 1
        left = ticket.turn - now
        return InLine(
            ticket=ticket.text,
            place=max(1, round(left * self.terms.each_second)),
            expected_seconds=max(1, round(left)),
            retry_after=max(1, min(LONGEST_RETRY, round(left))),
        )

    def _is_good(self, ticket: Ticket, holder: str, now: float) -> bool:
        return (
            (ticket.season, ticket.holder) == (self.terms.id, holder)
            and ticket.once not in self._used
            and ticket.turn > now - LATE_SECONDS
        )
