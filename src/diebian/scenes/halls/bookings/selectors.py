from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.halls.places.hours import days_ahead, slots
from diebian.scenes.halls.places.models import Hall
from diebian.security.identity.public import Actor

from . import policy
from .models import Booking, Slot, State


@dataclass(frozen=True)
class Offer:
    """One slot of a day, as it can be chosen."""

    starts: time
    left: int


def days_of(hall: Hall) -> list[date]:
    """Working days for which appointments are made now."""
    return days_ahead(working_calendar(), clock.today(), hall.rules["days_ahead"])


def offers(hall: Hall, kind: str, day: date) -> list[Offer]:
    """All slots of the day that have not begun; full ones too, so that nobody looks for them."""
    rows = Slot.objects.filter(hall=hall, kind__code=kind, day=day)
    left = {row.starts: row.places - row.taken for row in rows}
    now = clock.now()
    return [
        Offer(at, left.get(at, hall.rules["places"]))
        for at in slots(hall.hours, hall.rules["slot_minutes"])
        if datetime.combine(day, at, clock.CITY_TIME) > now
    ]


def booking_for(by: Actor, public_id: UUID) -> Booking:
    rows = Booking.objects.select_related("slot__hall", "slot__kind")
    found = rows.filter(public_id=public_id).first()
    if found is None or not policy.may_change(by, found):
        raise NotFound
    return found


def bookings_of(by: Actor) -> QuerySet[Booking]:
    """This person's own, what is to come first."""
    rows = Booking.objects.filter(person_key=by.key).select_related("slot__hall", "slot__kind")
    return rows.order_by("-day", "-slot__starts")


def next_booking(by: Actor) -> Booking | None:
    rows = Booking.objects.filter(person_key=by.key, state=State.BOOKED, day__gte=clock.today())
    return rows.select_related("slot__hall", "slot__kind").order_by("day", "slot__starts").first()


def bookings_at(hall: Hall, day: date) -> QuerySet[Booking]:
    rows = Booking.objects.filter(slot__hall=hall, day=day).exclude(state=State.CANCELLED)
    return rows.select_related("slot__kind").order_by("slot__starts", "pk")


def to_call(hall: Hall) -> Sequence[Booking]:
    """Who has to be reminded by phone of tomorrow: they read no notices."""
    rows = bookings_at(hall, clock.today() + timedelta(days=1))
    return list(rows.filter(state=State.BOOKED, person_key="", reminded_at=None))
