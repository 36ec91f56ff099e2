"""What becomes of an appointment: kept at the machine, reminded of, lapsed."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from diebian.kernel import clock
from diebian.scenes.halls.places.models import Hall
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .models import Booking, State
from .refusals import NothingBooked
from .rows import end, opened, subject_of
from .telling import tell_tomorrow


@transaction.atomic
def arrive(*, hall: Hall, code: str, subject: str, by: Actor) -> Booking:
    """At the number machine: today's appointment in this hall, by its code or by the card."""
    which = {"code": code} if code else {"subject": subject}
    rows = Booking.objects.select_for_update(of=("self",)).select_related("slot__kind")
    booking = rows.filter(slot__hall=hall, day=clock.today(), state=State.BOOKED, **which).first()
    if booking is None:
        raise NothingBooked
    booking.arrived_at = clock.now()
    booking.save(update_fields=["arrived_at"])
    end(booking, State.ARRIVED, by)
    return booking


@transaction.atomic
def lapse(*, by: Actor) -> int:
    """Whoever has not come by the end of the slot and the minutes of grace is not waited for."""
    if not policy.may_run(by):
        raise Refused
    rows = Booking.objects.select_for_update(skip_locked=True, of=("self",))
    rows = rows.select_related("slot__hall").filter(state=State.BOOKED, day__lte=clock.today())
    late = [one for one in rows if one.slot.ends + _grace(one.slot.hall) <= clock.now()]
    for one in late:
        end(one, State.MISSED, by)
    return len(late)


@transaction.atomic
def remind(*, by: Actor) -> int:
    """The day before. Whoever has no account is on the clerks' list of calls."""
    if not policy.may_run(by):
        raise Refused
    tomorrow = clock.today() + timedelta(days=1)
    rows = Booking.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=State.BOOKED, day=tomorrow, reminded_at=None
    )
    told = list(rows.exclude(person_key="").select_related("slot__hall", "slot__kind"))
    for one in told:
        tell_tomorrow(one)
        one.reminded_at = clock.now()
        one.save(update_fields=["reminded_at"])
    return len(told)


@transaction.atomic
def note_call(*, public_id: UUID, by: Actor) -> None:
    """A clerk has called to remind somebody who reads no notices."""
    booking = opened(public_id, by)
    if not policy.may_book_for(by, booking):
        raise Refused
    booking.reminded_at = clock.now()
    booking.save(update_fields=["reminded_at"])
    audit.record(by=by, action="halls.booking.called", subject=subject_of(booking))


def _grace(hall: Hall) -> timedelta:
    return timedelta(minutes=hall.rules["grace_minutes"])
