"""取号: at the machine in the hall, with a card or without, by an appointment, or from home."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.halls.bookings.keeping import arrive
from diebian.scenes.halls.bookings.models import Booking
from diebian.scenes.halls.bookings.refusals import NothingBooked, OnlyPersons
from diebian.scenes.halls.places import selectors as places
from diebian.scenes.halls.places.hours import takes_numbers
from diebian.scenes.halls.places.models import Hall
from diebian.scenes.halls.places.refusals import HallClosed, KindUnknown
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Kind, Refused, subject_ref
from diebian.standards.ages import ELDER, born
from diebian.standards.identifiers import is_id_number, plain_id_number

from . import policy
from .estimating import head_start
from .models import Origin, State, Ticket
from .refusals import NumberWrong, TicketOver, WaitsAlready


@dataclass(frozen=True)
class _Taken:
    """What a number begins with."""

    origin: Origin
    has_priority: bool = False
    person_key: str = ""
    booking: Booking | None = None
    ranked_at: datetime | None = None


def machine_of(hall: Hall) -> Actor:
    """The hall's number machine, as the trail tells it."""
    return Actor(name=f"{hall.name}取号机", kind=Kind.SYSTEM, key=hall.code)


@transaction.atomic
def take_at_machine(*, hall: Hall, kind: str, id_number: str, by: Actor) -> Ticket:
    """`id_number`, where a card was laid on the reader, tells the age alone and is not kept."""
    if not policy.is_machine(by):
        raise Refused
    number = plain_id_number(id_number)
    if number and not is_id_number(number):
        raise NumberWrong
    taken = _Taken(Origin.KIOSK, has_priority=bool(number) and is_elder(number))
    return _given(hall, kind, taken, by)


def is_elder(id_number: str) -> bool:
    """Of a number that is right: whether whoever has it is called earlier."""
    return ELDER.is_reached(born(id_number), clock.today())


@transaction.atomic
def check_in(*, hall: Hall, code: str, id_number: str, by: Actor) -> Ticket:
    """By the code of an appointment, or by the card of whoever has one today."""
    if not policy.is_machine(by):
        raise Refused
    number = plain_id_number(id_number)
    if not code.strip() and not is_id_number(number):
        raise NothingBooked
    _hall_open(hall)
    subject = subject_ref(number) if number else ""
    booking = arrive(hall=hall, code=code.strip(), subject=subject, by=by)
    taken = _Taken(
        Origin.BOOKED,
        has_priority=True,
        booking=booking,
        ranked_at=min(booking.slot.begins, clock.now()),
    )
    return _given(hall, booking.slot.kind.code, taken, by)


@transaction.atomic
def take_online(*, hall_code: str, kind: str, by: Actor) -> Ticket:
    """One at a time for a person, in whatever hall."""
    if not policy.may_take_online(by):
        raise OnlyPersons
    hall = places.hall(hall_code)
    return _given(hall, kind, _Taken(Origin.ONLINE, person_key=by.key), by)


@transaction.atomic
def give_up(*, public_id: UUID, by: Actor) -> None:
    """不等了: by whoever took it online. A slip of the machine's may just be thrown away."""
    ticket = Ticket.objects.select_for_update().filter(public_id=public_id).first()
    if ticket is None or not policy.is_own(by, ticket):
        raise NotFound
    if ticket.state != State.WAITING:
        raise TicketOver
    ticket.state, ticket.ended_at = State.LEFT, clock.now()
    ticket.save(update_fields=["state", "ended_at"])
    audit.record(by=by, action="halls.ticket.left", subject=f"ticket:{ticket.public_id}")


def _hall_open(hall: Hall) -> None:
    if not takes_numbers(hall.hours, working_calendar(), clock.now()):
        raise HallClosed


def _given(hall: Hall, kind: str, taken: _Taken, by: Actor) -> Ticket:
    """The next number of its letter, in the order of the hall's lock."""
    of = next((line.kind for line in places.kinds_at(hall) if line.kind.code == kind), None)
    if of is None:
        raise KindUnknown
    _hall_open(hall)
    Hall.objects.select_for_update().get(pk=hall.pk)
    now, today = clock.now(), clock.today()
    is_earlier = taken.has_priority or of.is_for_elders
    last = Ticket.objects.filter(hall=hall, day=today, letter=of.letter).aggregate(Max("number"))
    ticket = Ticket(
        hall=hall,
        day=today,
        letter=of.letter,
        number=(last["number__max"] or 0) + 1,
        kind=of,
        origin=taken.origin,
        has_priority=taken.has_priority,
        person_key=taken.person_key,
        booking=taken.booking,
        taken_at=now,
        ranked_at=taken.ranked_at or now - head_start(hall, is_earlier=is_earlier),
    )
    try:
        with transaction.atomic():
            ticket.save()
    except IntegrityError as error:  # the person's other number: the letter's are locked
        raise WaitsAlready from error
    audit.record(by=by, action="halls.ticket.taken", subject=f"ticket:{ticket.public_id}")
    return ticket
