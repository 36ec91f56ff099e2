"""Appointments: made, moved, cancelled. The slot's row is locked: never overfull."""

import secrets
from datetime import date, time
from uuid import UUID

from django.db import IntegrityError, transaction

from diebian.kernel import clock
from diebian.scenes.halls.places import selectors as places
from diebian.scenes.halls.places.policy import may_sit
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    Actor,
    Refused,
    person,
    person_keys,
    subject_ref,
)
from diebian.standards.ages import ELDER, born
from diebian.standards.identifiers import is_id_number, plain_id_number

from . import policy, refusals
from .models import Booking, Slot, State
from .rows import end, give_back, opened, slot_key, subject_of, taken
from .telling import tell_booked, tell_moved

CODES = 10**6
LONGEST_NAME, LONGEST_PHONE, LONGEST_ABOUT = 100, 20, 100


@transaction.atomic
def book(*, hall_code: str, kind: str, day: date, starts: time, about: str, by: Actor) -> Booking:
    """By the person. Full, past and closed slots are refused, and a second one on that day."""
    if not policy.may_book(by):
        raise refusals.OnlyPersons
    known = person(by.key)
    slot = taken(slot_key(hall_code, kind, day, starts))
    made = _made(slot, known.id_number, known.name, known.phone, by.key, about, by)
    tell_booked(made)
    return made


@transaction.atomic
def book_by_phone(
    *,
    hall_code: str,
    kind: str,
    day: date,
    starts: time,
    id_number: str,
    name: str,
    phone: str,
    about: str,
    by: Actor,
) -> Booking:
    """By a clerk of the hall, for whoever calls; an account is not needed."""
    if not may_sit(by, places.hall(hall_code)):
        raise Refused
    number = plain_id_number(id_number)
    if not (is_id_number(number) and name.strip() and phone.strip()):
        raise refusals.ContactMissing
    slot = taken(slot_key(hall_code, kind, day, starts))
    key = person_keys([number]).get(number, "")
    made = _made(slot, number, name.strip(), phone.strip(), key, about, by)
    if key:
        tell_booked(made)
    return made


@transaction.atomic
def move(*, public_id: UUID, day: date, starts: time, by: Actor) -> Booking:
    """改时间, within the same hall and kind. The old place is free again."""
    booking = opened(public_id, by)
    old = booking.slot
    if old.ends <= clock.now():
        raise refusals.BookingOver
    asked = slot_key(old.hall.code, old.kind.code, day, starts)
    if asked == old.pk:
        return booking
    # In one order, so that two who change places do not wait for each other.
    list(Slot.objects.select_for_update().filter(pk__in=[old.pk, asked]).order_by("pk"))
    new = taken(asked)
    give_back(old.pk)
    booking.slot, booking.day, booking.reminded_at = new, day, None
    _save_once_a_day(booking)
    audit.record(by=by, action="halls.booking.moved", subject=subject_of(booking))
    tell_moved(booking)
    return booking


@transaction.atomic
def cancel(*, public_id: UUID, by: Actor) -> None:
    booking = opened(public_id, by)
    give_back(booking.slot_id)
    end(booking, State.CANCELLED, by)


def _made(
    slot: Slot, id_number: str, name: str, phone: str, key: str, about: str, by: Actor
) -> Booking:
    booking = Booking(
        slot=slot,
        day=slot.day,
        code=_code(slot.day),
        subject=subject_ref(id_number),
        person_key=key,
        person_name=name[:LONGEST_NAME],
        phone=phone[:LONGEST_PHONE],
        is_elder=ELDER.is_reached(born(id_number), slot.day) if is_id_number(id_number) else False,
        about=about.strip()[:LONGEST_ABOUT],
        made_by=by.key,
        made_at=clock.now(),
    )
    _save_once_a_day(booking)
    audit.record(by=by, action="halls.booking.made", subject=subject_of(booking))
    return booking


def _code(day: date) -> str:
    """Six digits that nobody else has on that day."""
    used = set(Booking.objects.filter(day=day, state=State.BOOKED).values_list("code", flat=True))
    while True:
        code = f"{secrets.randbelow(CODES):06d}"
        if code not in used:
            return code


def _save_once_a_day(booking: Booking) -> None:
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        raise refusals.BookedBefore from error
