"""预约: never overfull, never on a day off, kept, moved, cancelled, lapsed, reminded of."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.apps import apps

from diebian.kernel.errors import NotFound
from diebian.scenes.halls.bookings import actions, keeping, selectors
from diebian.scenes.halls.bookings.models import Booking, Slot, State
from diebian.scenes.halls.bookings.refusals import (
    BookedBefore,
    BookingOver,
    ContactMissing,
    NothingBooked,
    OnlyPersons,
    SlotFull,
    SlotUnknown,
)
from diebian.scenes.halls.places.refusals import KindUnknown
from diebian.scenes.halls.queue import calling, taking
from diebian.scenes.halls.queue.models import Origin
from diebian.security.identity.public import PLATFORM, Refused

from .people import CALLER, OLD, YOUNG, a_number, at, seated, the_hall, who

FRIDAY, MONDAY, NINE, TEN = date(2026, 11, 27), date(2026, 11, 30), time(9), time(10)


def a_booking(username: str = "young", day: date = FRIDAY, starts: time = NINE) -> Booking:
    return actions.book(
        hall_code="H1", kind="general", day=day, starts=starts, about="样例", by=who(username)
    )


def by_phone(number: str = CALLER, starts: time = NINE, **changes: str) -> Booking:
    told = {"name": "样例来电", "phone": "13800000013", "about": ""} | changes
    return actions.book_by_phone(
        hall_code="H1", kind="general", day=FRIDAY, starts=starts, id_number=number, **told,
        by=who("clerk"),
    )  # fmt: skip


def notices() -> list[tuple[str, str]]:
    rows = apps.get_model("messages", "Notice")._default_manager.order_by("pk")
    return list(rows.values_list("key", "title"))


def test_a_full_slot_takes_nobody_more() -> None:
    with at("09:00"):
        a_booking("young"), a_booking("old")
        with pytest.raises(SlotFull):
            by_phone()
        left = {one.starts: one.left for one in selectors.offers(the_hall(), "general", FRIDAY)}
    assert (left[NINE], left[TEN]) == (0, 2)


def test_days_off_past_times_and_far_days_cannot_be_booked() -> None:
    with at("09:00"):
        for day, starts in (
            (date(2026, 11, 28), NINE),  # a Saturday
            (date(2026, 11, 25), time(8, 30)),  # has begun
            (date(2026, 12, 25), NINE),
            (FRIDAY, time(12)),  # noon
        ):
            with pytest.raises(SlotUnknown):
                a_booking(day=day, starts=starts)
        assert len(selectors.days_of(the_hall())) == 6
        with pytest.raises(KindUnknown):
            actions.book(hall_code="H1", kind="moon", day=FRIDAY, starts=NINE, about="",
                         by=who("young"))  # fmt: skip
        with pytest.raises(OnlyPersons):
            a_booking("clerk")


def test_one_a_day_and_a_refused_one_takes_no_place() -> None:
    with at("09:00"):
        a_booking()
        with pytest.raises(BookedBefore):
            a_booking(starts=TEN)
        assert not Slot.objects.filter(starts=TEN, taken__gt=0).exists()
        a_booking(day=MONDAY)


def test_moved_the_old_place_is_free_again() -> None:
    with at("09:00"):
        made = a_booking()
        actions.move(public_id=made.public_id, day=MONDAY, starts=TEN, by=who("young"))
        actions.move(public_id=made.public_id, day=MONDAY, starts=TEN, by=who("young"))
        taken = dict(Slot.objects.values_list("day", "taken"))
        assert taken == {FRIDAY: 0, MONDAY: 1}
        actions.cancel(public_id=made.public_id, by=who("young"))
        assert Slot.objects.get(day=MONDAY).taken == 0
        with pytest.raises(BookingOver):
            actions.cancel(public_id=made.public_id, by=who("young"))


def test_another_persons_appointment_does_not_exist() -> None:
    with at("09:00"):
        made = a_booking()
        with pytest.raises(NotFound):
            actions.cancel(public_id=made.public_id, by=who("old"))
        with pytest.raises(NotFound):
            selectors.booking_for(who("county_clerk"), made.public_id)
        with pytest.raises(NotFound):
            actions.cancel(public_id=uuid4(), by=who("young"))
        actions.cancel(public_id=made.public_id, by=who("clerk"))  # called by phone


def test_by_phone_nobody_needs_an_account_and_the_number_is_not_kept() -> None:
    with at("09:00"):
        made = by_phone()
        with pytest.raises(ContactMissing):
            by_phone("123")
        with pytest.raises(ContactMissing):
            by_phone(OLD, phone=" ")
        assert by_phone(OLD, TEN).is_elder
    assert made.person_key == ""
    assert CALLER not in str(Booking.objects.filter(pk=made.pk).values().get())


def test_a_clerk_of_elsewhere_does_not_book_here() -> None:
    with at("09:00"), pytest.raises(Refused):
        actions.book_by_phone(
            hall_code="H1", kind="general", day=FRIDAY, starts=NINE, id_number=CALLER,
            name="样例", phone="1", about="", by=who("county_clerk"),
        )  # fmt: skip


@pytest.mark.parametrize("is_by_card", [True, False])
def test_who_comes_at_the_time_is_called_before_who_just_came(is_by_card: bool) -> None:
    with at("09:00"):
        made = by_phone()
    hall, by = the_hall(), taking.machine_of(the_hall())
    which = (
        {"code": "", "id_number": CALLER} if is_by_card else {"code": made.code, "id_number": ""}
    )
    with at("09:01", "2026-11-27"):
        a_number()
    with at("09:10", "2026-11-27"):
        ticket = taking.check_in(hall=hall, **which, by=by)
        assert calling.call_next(by=seated()).pk == ticket.pk
        with pytest.raises(NothingBooked):
            taking.check_in(hall=hall, **which, by=by)
    made.refresh_from_db()
    assert (ticket.origin, made.state) == (Origin.BOOKED, State.ARRIVED)


def test_who_comes_too_early_is_not_before_who_waits() -> None:
    with at("09:00"):
        by_phone(starts=TEN)
    hall = the_hall()
    with at("09:01", "2026-11-27"):
        first = a_number()
        taking.check_in(hall=hall, code="", id_number=CALLER, by=taking.machine_of(hall))
        assert calling.call_next(by=seated()).pk == first.pk


def test_after_the_grace_it_lapses_once() -> None:
    with at("09:00"):
        made = a_booking()
    with at("09:44", "2026-11-27"):
        assert keeping.lapse(by=PLATFORM) == 0
    with at("09:45", "2026-11-27"):
        assert keeping.lapse(by=PLATFORM) == 1
        assert keeping.lapse(by=PLATFORM) == 0
    made.refresh_from_db()
    assert made.state == State.MISSED


def test_the_day_before_one_is_reminded_once_and_who_has_no_account_is_called() -> None:
    with at("09:00"):
        a_booking()
        called = by_phone(starts=TEN)
    with at("10:00", "2026-11-26"):
        assert (keeping.remind(by=PLATFORM), keeping.remind(by=PLATFORM)) == (1, 0)
        assert [one.pk for one in selectors.to_call(the_hall())] == [called.pk]
        keeping.note_call(public_id=called.public_id, by=who("clerk"))
        assert selectors.to_call(the_hall()) == []
    key = who("young").key
    assert notices() == [(key, "预约好了"), (key, "明天有预约")]
    with pytest.raises(Refused):
        keeping.remind(by=who("clerk"))
    assert YOUNG not in str(notices())
