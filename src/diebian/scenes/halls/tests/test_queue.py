"""取号叫号: the order, one number for one window, and what follows when nobody comes."""

import pytest

from diebian.scenes.halls.bookings.refusals import NothingBooked
from diebian.scenes.halls.places.actions import rise, sit
from diebian.scenes.halls.places.refusals import (
    HallClosed,
    KindUnknown,
    NotSeated,
    StillServing,
    WindowTaken,
)
from diebian.scenes.halls.queue import calling, selectors, taking
from diebian.scenes.halls.queue.day import day_of
from diebian.scenes.halls.queue.models import State, Ticket
from diebian.scenes.halls.queue.refusals import (
    NobodyWaits,
    NothingCalled,
    NumberWrong,
    WaitsAlready,
)
from diebian.security.identity.public import PLATFORM, Refused

from .people import OLD, YOUNG, a_number, at, seated, the_hall, who


def test_numbers_of_one_letter_follow_each_other_and_begin_anew_each_day() -> None:
    with at("09:00"):
        assert [str(a_number()), str(a_number()), str(a_number("talent"))] == [
            "A001",
            "A002",
            "R001",
        ]
    with at("09:00", "2026-11-26"):
        assert str(a_number()) == "A001"


def test_who_is_sixty_is_called_earlier_but_not_before_who_waits_long() -> None:
    with at("09:00"):
        first = a_number()
    with at("09:20"):
        second = a_number()
    with at("09:40"):
        elder = a_number(id_number=OLD)
        assert not a_number(id_number=YOUNG).has_priority
    with at("09:41"):
        by = seated()
        order = []
        for _ in range(3):
            order.append(calling.call_next(by=by).pk)
            calling.finish(by=by)
    assert order == [first.pk, elder.pk, second.pk]


def test_a_window_calls_only_what_it_does() -> None:
    with at("09:00"):
        a_number("talent")
        by = seated(number=2)
        with pytest.raises(NobodyWaits):
            calling.call_next(by=by)


def test_one_number_at_a_time_and_none_without_a_window() -> None:
    with at("09:00"):
        a_number(), a_number()
        with pytest.raises(NotSeated):
            calling.call_next(by=who("clerk"))
        by = seated()
        calling.call_next(by=by)
        with pytest.raises(StillServing):
            calling.call_next(by=by)
        calling.finish(by=by)
        with pytest.raises(NothingCalled):
            calling.finish(by=by)


def test_who_did_not_come_is_called_again_the_same_day() -> None:
    with at("09:00"):
        ticket, by = a_number(), seated()
        calling.call_next(by=by)
        calling.call_again(by=by)
        calling.miss(by=by)
        assert [one.pk for one in selectors.missed_at(the_hall())] == [ticket.pk]
        again = calling.call_missed(ticket_id=ticket.pk, by=by)
    assert (again.state, again.calls) == (State.CALLED, 3)


def test_handed_on_it_keeps_its_number_and_its_place() -> None:
    with at("09:00"):
        ticket, by = a_number(), seated()
    with at("09:30"):
        a_number("talent")
        calling.call_next(by=by)
        calling.hand_on(kind="talent", by=by)
        called = calling.call_next(by=seated("colleague", 3))
        assert (called.pk, str(called), called.kind.code) == (ticket.pk, "A001", "talent")
        with pytest.raises(KindUnknown):
            calling.hand_on(kind="moon", by=who("colleague"))


def test_a_window_has_one_clerk_and_a_clerk_one_window() -> None:
    with at("09:00"):
        seated("clerk", 1)
        with pytest.raises(WindowTaken):
            seated("colleague", 1)
        seated("clerk", 2)
        seated("colleague", 1)
        rise(by=who("clerk"))
        seated("colleague", 2)
    with at("09:00", "2026-11-26"):  # yesterday's clerk forgot to leave
        seated("clerk", 2)


def test_a_clerk_of_a_county_sits_in_its_own_hall_alone() -> None:
    with at("09:00"):
        with pytest.raises(Refused):
            seated("county_clerk", 1)
        assert sit(hall_code="H2", number=1, by=who("county_clerk")).clerk_name == "county_clerk"


def test_before_opening_after_closing_and_on_holidays_no_number_is_given() -> None:
    for moment, day in (("08:29", "2026-11-25"), ("16:30", "2026-11-25"), ("10:00", "2026-11-28")):
        with at(moment, day), pytest.raises(HallClosed):
            a_number()
    with at("12:00"):  # over noon people keep their place
        assert a_number().number == 1


def test_after_closing_who_still_waits_is_let_go() -> None:
    with at("16:20"):
        ticket = a_number()
        assert calling.close(by=PLATFORM) == 0
    with at("16:40"):
        assert calling.close(by=PLATFORM) == 1
    ticket.refresh_from_db()
    assert ticket.state == State.CLOSED
    with pytest.raises(Refused):
        calling.close(by=who("clerk"))


def test_at_the_machine_a_wrong_card_is_told_and_nothing_of_a_right_one_is_kept() -> None:
    with at("09:00"):
        with pytest.raises(NumberWrong):
            a_number(id_number="123")
        with pytest.raises(KindUnknown):
            a_number("moon")
        ticket = a_number(id_number=OLD)
        hall = the_hall()
        with pytest.raises(NothingBooked):
            taking.check_in(hall=hall, code="", id_number="", by=taking.machine_of(hall))
    kept = Ticket.objects.filter(pk=ticket.pk).values().get()
    assert OLD not in str(kept)


def test_from_home_one_number_at_a_time() -> None:
    with at("09:00"):
        ticket = taking.take_online(hall_code="H1", kind="general", by=who("young"))
        with pytest.raises(WaitsAlready):
            taking.take_online(hall_code="H2", kind="general", by=who("young"))
        taking.give_up(public_id=ticket.public_id, by=who("young"))
        taking.take_online(hall_code="H2", kind="general", by=who("young"))


def test_how_long_it_takes_is_told_from_todays_services_and_not_before() -> None:
    by = None
    for minute in range(6):
        with at(f"09:{minute:02d}"):
            a_number()
    with at("09:10"):
        by = seated(number=2)
        assert {one.wait for one in selectors.waits(the_hall())} == {None}
    for number in range(5):
        with at(f"09:{10 + number * 8}"):
            calling.call_next(by=by)
        with at(f"09:{16 + number * 8}"):
            calling.finish(by=by)
    with at("09:50"):
        [general, *_] = selectors.waits(the_hall())
        last = Ticket.objects.get(state=State.WAITING)
        place = selectors.place_of(last)
        assert general.waiting == 1
        assert general.wait is not None
        assert (general.wait.least, general.wait.most) == (10, 15)  # six minutes each, one ahead
        assert place is not None
        assert (place.ahead, place.wait and place.wait.most) == (0, 10)


def test_a_day_in_figures_by_kind_and_by_window() -> None:
    with at("09:00"):
        a_number(), a_number(), a_number("talent")
        by = seated()
    with at("09:10"):
        calling.call_next(by=by)
    with at("09:25"):
        calling.finish(by=by)
        calling.call_next(by=by)
        calling.miss(by=by)
        told = day_of(the_hall(), the_hall().tickets.get(number=2).day)
    assert (told.total.taken, told.total.done, told.total.missed) == (3, 1, 1)
    [general, talent] = told.by_kind
    assert (general.title, general.wait, general.service) == ("综合业务", 18, 15)
    assert (talent.title, talent.wait, talent.done) == ("人才专窗", None, 0)
    assert [one.title for one in told.by_window] == ["1 号窗口"]
