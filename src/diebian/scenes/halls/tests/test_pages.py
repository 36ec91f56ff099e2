"""The pages of a hall, as people, clerks and machines meet them."""

import re
from datetime import date, time

from django.urls import reverse

from diebian.portal.home.public import ways
from diebian.scenes.halls.bookings import actions
from diebian.scenes.halls.bookings.models import Booking
from diebian.scenes.halls.queue.models import State, Ticket
from tests.browsing import browser

from .people import CALLER, OLD, a_number, at, seated, the_hall, who

FRIDAY = {"kind": "general", "day": "2026-11-27", "starts": "09:00"}


def test_a_person_books_moves_and_cancels_on_the_pages() -> None:
    person = browser(who("young"))
    with at("09:00"):
        page = person.get("/halls/at/H1/book/?kind=general&day=2026-11-27").content.decode()
        assert "还有 2 位" in page
        answer = person.post("/halls/at/H1/book/", FRIDAY | {"about": "提取"})
        address = answer["Location"]
        one = Booking.objects.get()
        assert one.code in person.get(address).content.decode()
        assert "/halls/bookings/" in person.get("/halls/bookings/").content.decode()
        assert person.post("/halls/at/H1/book/", FRIDAY).status_code == 409
        moved = person.post(f"{address}move", {"day": "2026-11-30", "starts": "10:00"})
        assert moved["Location"] == address
        assert person.post(f"{address}move", {"day": "moon"}).status_code == 422
        assert "11 月 30 日" in person.get(address).content.decode()
        person.post(f"{address}cancel")
        assert "已取消" in person.get(address).content.decode()
        assert browser(who("old")).get(address).status_code == 404


def test_the_machine_gives_a_number_to_whoever_stands_there_and_to_nobody_else() -> None:
    key, visitor = the_hall().kiosk_key, browser()
    with at("09:00"):
        page = visitor.get(f"/halls/machine/{key}/").content.decode()
        assert "综合业务" in page
        assert " data-elder" in page
        answer = visitor.post(f"/halls/machine/{key}/", {"kind": "general", "id_number": OLD})
        slip = visitor.get(answer["Location"]).content.decode()
        assert "A001" in slip
        wrong = visitor.post(f"/halls/machine/{key}/", {"kind": "general", "id_number": "1"})
        assert (wrong.status_code, "halls.number_wrong" in wrong.content.decode()) == (422, True)
        assert visitor.post("/halls/machine/guessed/", {"kind": "general"}).status_code == 404
        none = visitor.post(f"/halls/machine/{key}/", {"what": "booked", "code": "000000"})
        assert none.status_code == 404
    with at("20:00"):
        assert "现在不取号" in visitor.get(f"/halls/machine/{key}/").content.decode()


def test_a_clerk_calls_and_the_screen_and_the_slip_show_it() -> None:
    clerk = browser(who("clerk"))
    with at("09:00"):
        ticket = a_number()
        assert clerk.post("/desk/halls/next").status_code == 409
        clerk.post("/desk/halls/sit", {"window": "H1/1"})
        assert "A001" in clerk.get("/desk/halls/").content.decode()
        clerk.post("/desk/halls/next")
        page = browser().get("/halls/at/H1/screen/").content.decode()
        assert re.search(r"A001.*1 号窗口", page, re.DOTALL)
        follow = browser().get(reverse("halls:ticket", args=[ticket.public_id]))
        assert "请到 1 号窗口" in follow.content.decode()
        assert clerk.post("/desk/halls/done", {"next": "/window/"})["Location"] == "/window/"
        elsewhere = {"next": "https://example.com/"}
        assert clerk.post("/desk/halls/rise", elsewhere)["Location"] == "/desk/halls/"
        assert clerk.post("/desk/halls/moon").status_code == 404
        assert clerk.post("/desk/halls/sit", {"window": "H1/moon"}).status_code == 404
        assert "办完" in browser(who("clerk")).get("/halls/at/H1/day/").content.decode()


def test_at_home_a_number_is_taken_seen_and_given_up() -> None:
    person = browser(who("young"))
    with at("09:00"):
        assert "在家也能先取号" in browser().get("/halls/at/H1/").content.decode()
        answer = person.post("/halls/at/H1/", {"kind": "general"})
        assert "前面还有 0 位" in person.get(answer["Location"]).content.decode()
        assert person.post("/halls/at/H1/", {"kind": "general"}).status_code == 409
        assert "您在排队" in person.get("/").content.decode()
        person.post(f"{answer['Location']}give-up")
    assert Ticket.objects.get().state == State.LEFT


def test_by_phone_a_clerk_books_for_whoever_calls() -> None:
    clerk = browser(who("clerk"))
    told = {"name": "样例来电", "id_number": CALLER, "phone": "13800000013"}
    with at("09:00"):
        wrong = clerk.post("/halls/at/H1/phone/", FRIDAY | told | {"id_number": "1"})
        assert (wrong.status_code, "样例来电" in wrong.content.decode()) == (422, True)
        clerk.post("/halls/at/H1/phone/", FRIDAY | told)
        assert browser(who("county_clerk")).get("/halls/at/H1/phone/").status_code == 403
    clerk = browser(who("clerk"))  # who is away for so long has to sign in anew
    with at("09:00", "2026-11-26"):
        assert "样例来电" in clerk.get("/halls/at/H1/phone/").content.decode()
        clerk.post(reverse("halls:booking-called", args=[Booking.objects.get().public_id]))
        assert "打过了" not in clerk.get("/halls/at/H1/phone/").content.decode()


def test_the_home_page_shows_an_appointment_when_it_is_near() -> None:
    person = browser(who("young"))
    with at("09:00"):
        actions.book(hall_code="H1", kind="general", day=date(2026, 11, 27), starts=time(9),
                     about="", by=who("young"))  # fmt: skip
        assert "您有一个预约" not in person.get("/").content.decode()
    person = browser(who("young"))
    with at("09:00", "2026-11-26"):
        assert "您有一个预约" in person.get("/").content.decode()
        assert "样例县大厅" in person.get("/halls/").content.decode()


def test_only_those_who_work_there_see_the_desk() -> None:
    seated()
    for username in ("young", "old"):
        assert browser(who(username)).get("/desk/halls/").status_code == 403
    assert browser().get("/desk/halls/").status_code == 401


def test_a_guide_leads_to_the_halls() -> None:
    assert "halls:halls" in {way.url_name for way in ways}
