from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.halls.places import selectors as places
from diebian.scenes.halls.places.models import Hall, Window, WindowKind
from diebian.security.identity.public import Actor

from .estimating import Estimate, estimate, head_start
from .models import State, Ticket

SHOWN = 8  # called numbers on the screen
LISTED = 30  # of those who wait, on the clerk's page


@dataclass(frozen=True)
class KindWait:
    """How it stands for one kind of business at this moment."""

    kind: WindowKind
    waiting: int
    open_windows: int
    wait: Estimate | None  # of whoever takes a number now


@dataclass(frozen=True)
class Place:
    """Where a number stands in its queue."""

    ahead: int
    wait: Estimate | None


def today_at(hall: Hall) -> QuerySet[Ticket]:
    return Ticket.objects.filter(hall=hall, day=clock.today())


def waits(hall: Hall) -> list[KindWait]:
    services, ranks = _services(hall), _ranks(hall)
    return [_kind_wait(hall, line, services, ranks) for line in places.kinds_at(hall)]


def place_of(ticket: Ticket) -> Place | None:
    """None for a number that does not wait."""
    if ticket.state != State.WAITING:
        return None
    lines = {line.kind.code: line for line in places.kinds_at(ticket.hall)}
    line = lines.get(ticket.kind.code)
    windows = _seated(line.windows if line else [])
    earlier = today_at(ticket.hall).filter(
        state=State.WAITING,
        ranked_at__lt=ticket.ranked_at,
        kind__code__in=_rivals(line.windows if line else []),
    )
    ahead = earlier.count()
    told = estimate(_services(ticket.hall), ahead=ahead + 1, windows=len(windows))
    return Place(ahead, told)


def ticket(public_id: UUID) -> Ticket:
    """By its own address, which stands on the slip alone: whoever has it may follow it."""
    rows = Ticket.objects.select_related("hall", "kind", "window", "booking")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def ticket_of(by: Actor) -> Ticket | None:
    """The number that this person waits with."""
    rows = Ticket.objects.filter(
        person_key=by.key, day=clock.today(), state__in=[State.WAITING, State.CALLED]
    )
    return rows.select_related("hall", "kind", "window").first()


def on_the_screen(hall: Hall) -> list[Ticket]:
    """Numbers that are wanted at a window, the newest call first."""
    rows = today_at(hall).filter(state=State.CALLED).select_related("window")
    return list(rows.order_by("-last_called_at")[:SHOWN])


def in_hand(window: Window) -> Ticket | None:
    rows = Ticket.objects.filter(window=window, state=State.CALLED)
    return rows.select_related("kind", "hall", "booking").first()


def waiting_for(window: Window) -> list[Ticket]:
    rows = today_at(window.hall).filter(state=State.WAITING, kind__code__in=window.kinds)
    return list(rows.select_related("kind", "booking").order_by("ranked_at", "pk")[:LISTED])


def missed_at(hall: Hall) -> list[Ticket]:
    """Whoever was called and did not come, today; the newest first."""
    rows = today_at(hall).filter(state=State.MISSED).select_related("kind")
    return list(rows.order_by("-ended_at")[:LISTED])


def _kind_wait(
    hall: Hall,
    line: places.KindLine,
    services: Sequence[timedelta],
    ranks: Sequence[tuple[str, datetime]],
) -> KindWait:
    """Before whoever takes a number now come those whose rank is earlier, of any rival kind."""
    seated, rivals, code = _seated(line.windows), _rivals(line.windows), line.kind.code
    own = clock.now() - head_start(hall, is_earlier=line.kind.is_for_elders)
    ahead = sum(kind in rivals and rank < own for kind, rank in ranks)
    told = estimate(services, ahead=ahead + 1, windows=len(seated))
    return KindWait(line.kind, sum(kind == code for kind, _ in ranks), len(seated), told)


def _seated(windows: Sequence[Window]) -> list[Window]:
    return [one for one in windows if places.is_seated(one)]


def _rivals(windows: Sequence[Window]) -> set[str]:
    """Kinds that the same windows call: they stand in one queue with this one."""
    return {code for one in windows for code in one.kinds}


def _ranks(hall: Hall) -> list[tuple[str, datetime]]:
    """Kind and rank of each number that waits."""
    rows = today_at(hall).filter(state=State.WAITING)
    return list(rows.values_list("kind__code", "ranked_at"))


def _services(hall: Hall) -> list[timedelta]:
    """How long each of today's services took."""
    rows = today_at(hall).filter(state=State.DONE)
    took = ExpressionWrapper(F("ended_at") - F("called_at"), DurationField())
    return list(rows.values_list(took, flat=True))
