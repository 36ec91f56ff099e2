"""叫号: next, again, not there, to others, done. Two windows never get the same number."""

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.portal.desk.public import person_left
from diebian.scenes.halls.places import selectors as places
from diebian.scenes.halls.places.hours import takes_numbers
from diebian.scenes.halls.places.models import Hall, Window
from diebian.scenes.halls.places.policy import may_work
from diebian.scenes.halls.places.refusals import KindUnknown, NotSeated, StillServing
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .models import State, Ticket
from .refusals import NobodyWaits, NothingCalled, TicketOver


@transaction.atomic
def call_next(*, by: Actor) -> Ticket:
    """Whoever is first in the order of this window's kinds.

    A number that another window is taking at this moment is passed over, not waited for.
    """
    window = _own_window(by)
    if Ticket.objects.filter(window=window, state=State.CALLED).exists():
        raise StillServing
    rows = Ticket.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        hall_id=window.hall_id,
        day=clock.today(),
        state=State.WAITING,
        kind__code__in=window.kinds,
    )
    ticket = rows.order_by("ranked_at", "pk").first()
    if ticket is None:
        raise NobodyWaits
    person_left(by=by)  # whom nobody called, and who is gone all the same
    _call(ticket, window, by)
    return ticket


@transaction.atomic
def call_again(*, by: Actor) -> Ticket:
    """重呼."""
    ticket = _in_hand(_own_window(by))
    ticket.calls, ticket.last_called_at = ticket.calls + 1, clock.now()
    ticket.save(update_fields=["calls", "last_called_at"])
    return ticket


@transaction.atomic
def miss(*, by: Actor) -> None:
    """过号: nobody came. On the same day they may be put back (`call_missed`)."""
    _end(_in_hand(_own_window(by)), State.MISSED, by)


@transaction.atomic
def finish(*, by: Actor) -> None:
    _end(_in_hand(_own_window(by)), State.DONE, by)
    person_left(by=by)


@transaction.atomic
def hand_on(*, kind: str, by: Actor) -> Ticket:
    """转窗口: to those who do this kind, under the same number and before who came later."""
    ticket = _in_hand(_own_window(by))
    of = next((one for one in places.kinds_at(ticket.hall) if one.kind.code == kind), None)
    if of is None:
        raise KindUnknown
    ticket.kind, ticket.state, ticket.window, ticket.called_at = of.kind, State.WAITING, None, None
    ticket.save(update_fields=["kind", "state", "window", "called_at"])
    person_left(by=by)
    _note("handed_on", ticket, by)
    return ticket


@transaction.atomic
def call_missed(*, ticket_id: int, by: Actor) -> Ticket:
    """过号的人来了: called at once by whoever's window they have come to."""
    window = _own_window(by)
    if Ticket.objects.filter(window=window, state=State.CALLED).exists():
        raise StillServing
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("hall")
    ticket = rows.filter(pk=ticket_id, hall_id=window.hall_id, day=clock.today()).first()
    if ticket is None or not policy.may_call(by, ticket):
        raise NotFound
    if ticket.state != State.MISSED:
        raise TicketOver
    ticket.ended_at = None
    _call(ticket, window, by)
    return ticket


@transaction.atomic
def close(*, by: Actor) -> int:
    """After closing time whoever still waits is told so, and their number ends."""
    if not policy.may_run(by):
        raise Refused
    calendar, now = working_calendar(), clock.now()
    halls = Hall.objects.filter(tickets__state__in=[State.WAITING, State.CALLED]).distinct()
    closed = [one.pk for one in halls if not takes_numbers(one.hours, calendar, now)]
    rows = Ticket.objects.select_for_update(skip_locked=True).filter(
        hall__in=closed, state__in=[State.WAITING, State.CALLED]
    )
    left = list(rows)
    for ticket in left:
        _end(ticket, State.CLOSED, by)
    return len(left)


def _own_window(by: Actor) -> Window:
    """Locked: a clerk who clicks twice calls one number."""
    if not may_work(by):
        raise Refused
    window = places.window_of(by)
    if window is None:
        raise NotSeated
    return Window.objects.select_for_update().get(pk=window.pk)


def _in_hand(window: Window) -> Ticket:
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("hall", "kind")
    ticket = rows.filter(window=window, state=State.CALLED).first()
    if ticket is None:
        raise NothingCalled
    return ticket


def _call(ticket: Ticket, window: Window, by: Actor) -> None:
    now = clock.now()
    ticket.state, ticket.window, ticket.calls = State.CALLED, window, ticket.calls + 1
    ticket.called_at = ticket.last_called_at = now
    ticket.save()
    _note("called", ticket, by)


def _end(ticket: Ticket, state: State, by: Actor) -> None:
    ticket.state, ticket.ended_at = state, clock.now()
    ticket.save(update_fields=["state", "ended_at"])
    _note(state, ticket, by)


def _note(what: str, ticket: Ticket, by: Actor) -> None:
    audit.record(by=by, action=f"halls.ticket.{what}", subject=f"ticket:{ticket.public_id}")
