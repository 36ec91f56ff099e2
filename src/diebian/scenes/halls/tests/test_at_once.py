"""Many at the same moment: every number has one window, and no slot holds one too many."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, time

import pytest
from django.db import connections

from diebian.scenes.halls.bookings.actions import book_by_phone
from diebian.scenes.halls.bookings.models import Booking, Slot
from diebian.scenes.halls.bookings.refusals import SlotFull
from diebian.scenes.halls.places.refusals import StillServing
from diebian.scenes.halls.queue.calling import call_next
from diebian.scenes.halls.queue.models import State, Ticket
from diebian.standards.identifiers import check_digit

from .people import a_number, at, seated, who

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_windows_that_call_at_once_never_get_the_same_number() -> None:
    with at("09:00"):
        for _ in range(3):
            a_number()
        clerks = [seated("clerk", 1), seated("colleague", 2)]

    def call(place: int) -> Callable[[], None]:
        def once() -> None:
            with at("09:01"):
                call_next(by=clerks[place])

        return once

    _all_of([call(0), call(1)])
    called = Ticket.objects.filter(state=State.CALLED).order_by("number")
    assert [one.number for one in called] == [1, 2]
    assert {str(one.window) for one in called} == {"1 号窗口", "2 号窗口"}


def test_a_clerk_who_clicks_twice_calls_one_number() -> None:
    with at("09:00"):
        a_number(), a_number()
        by = seated()

    def call() -> None:
        with at("09:01"), suppress(StillServing):
            call_next(by=by)

    _all_of([call, call])
    assert Ticket.objects.filter(state=State.CALLED).count() == 1


def test_of_four_who_take_a_number_at_once_each_has_their_own() -> None:
    def take() -> None:
        with at("09:00"):
            a_number()

    _all_of([take] * 4)
    numbers = Ticket.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_of_four_who_book_the_last_places_at_once_two_have_them() -> None:
    by = who("clerk")

    def book(number: str) -> Callable[[], None]:
        def once() -> None:
            with at("09:00"), suppress(SlotFull):
                book_by_phone(
                    hall_code="H1", kind="general", day=date(2026, 11, 27), starts=time(9),
                    id_number=number, name="样例", phone="1", about="", by=by,
                )  # fmt: skip

        return once

    bodies = [f"21990219900817{place:03d}" for place in range(1, 5)]
    _all_of([book(body + check_digit(body)) for body in bodies])
    assert Booking.objects.count() == 2
    assert Slot.objects.get().taken == 2


def _all_of(works: Sequence[Callable[[], None]]) -> None:
    def alone(work: Callable[[], None]) -> None:
        try:
            work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(alone, works))
