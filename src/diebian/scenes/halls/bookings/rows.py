"""What every verb needs: a slot with one place more taken, the locked booking, its end."""

from datetime import date, time
from uuid import UUID

from django.db.models import F

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.halls.places import selectors as places
from diebian.scenes.halls.places.hours import days_ahead, slots
from diebian.scenes.halls.places.refusals import KindUnknown
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor

from . import policy, refusals
from .models import Booking, Slot, State


def slot_key(hall_code: str, kind: str, day: date, starts: time) -> int:
    """The key of a slot that can be asked for; its row is made when somebody first does."""
    hall = places.hall(hall_code)
    if kind not in {line.kind.code for line in places.kinds_at(hall)}:
        raise KindUnknown
    calendar, minutes = working_calendar(), hall.rules["slot_minutes"]
    if day not in days_ahead(calendar, clock.today(), hall.rules["days_ahead"]):
        raise refusals.SlotUnknown
    if starts not in set(slots(hall.hours, minutes)):
        raise refusals.SlotUnknown
    which = {"hall": hall, "kind": places.kinds()[kind], "day": day, "starts": starts}
    fresh = {"minutes": minutes, "places": hall.rules["places"]}
    made, _ = Slot.objects.get_or_create(**which, defaults=fresh)
    return made.pk


def taken(key: int) -> Slot:
    """One place more of it is taken, in its locked row."""
    rows = Slot.objects.select_for_update(of=("self",)).select_related("hall", "kind")
    slot = rows.get(pk=key)
    if slot.begins <= clock.now():
        raise refusals.SlotUnknown
    if slot.taken >= slot.places:
        raise refusals.SlotFull
    slot.taken += 1
    slot.save(update_fields=["taken"])
    return slot


def give_back(key: int) -> None:
    Slot.objects.filter(pk=key).update(taken=F("taken") - 1)


def opened(public_id: UUID, by: Actor) -> Booking:
    rows = Booking.objects.select_for_update(of=("self",)).select_related(
        "slot__hall", "slot__kind"
    )
    booking = rows.filter(public_id=public_id).first()
    if booking is None or not policy.may_change(by, booking):
        raise NotFound  # another person's appointment does not exist for this one
    if booking.state != State.BOOKED:
        raise refusals.BookingOver
    return booking


def end(booking: Booking, state: State, by: Actor) -> None:
    booking.state = state
    booking.save(update_fields=["state"])
    audit.record(by=by, action=f"halls.booking.{state}", subject=subject_of(booking))


def subject_of(booking: Booking) -> str:
    return f"booking:{booking.public_id}"
