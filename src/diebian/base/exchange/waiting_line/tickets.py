"""排队号: says when its holder's turn comes. Signed: nobody writes himself an earlier one."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from diebian.base.exchange.protocol.refusals import TicketWrong
from diebian.security.keys.public import own_mac

PARTS = 4


@dataclass(frozen=True)
class Ticket:
    """`turn`: seconds since 1970, UTC; `holder`: for whom, blind."""

    season: int
    turn: float
    holder: str
    once: str

    @property
    def text(self) -> str:
        return f"{self._told}.{_mark(self._told)}"

    @property
    def _told(self) -> str:
        return f"{self.season}-{round(self.turn * 1000)}.{self.holder}.{self.once}"


def holder_of(system: str, subject: str) -> str:
    return hashlib.sha256(f"{system}\n{subject}".encode()).hexdigest()[:16]


def new_ticket(season: int, turn: float, holder: str) -> Ticket:
    return Ticket(season, turn, holder, secrets.token_hex(6))


def ticket_in(text: str) -> Ticket:
    """Raises `TicketWrong` for what we did not write."""
    parts = text.split(".")
    told, mark = ".".join(parts[:-1]), parts[-1]
    if len(parts) != PARTS or not hmac.compare_digest(mark.encode(), _mark(told).encode()):
        raise TicketWrong
    when, holder, once = parts[:-1]
    season, turn = when.split("-")
    return Ticket(int(season), int(turn) / 1000, holder, once)


def _mark(told: str) -> str:
    return own_mac("season-tickets").of(told.encode())[:32]
