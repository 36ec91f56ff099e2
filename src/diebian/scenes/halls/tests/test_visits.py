"""帮办上门: asked for by phone or account, a day's route in order, ended with what came of it."""

from datetime import date

import pytest
from django.apps import apps

from diebian.kernel.errors import NotFound
from diebian.scenes.halls.visits import actions, selectors
from diebian.scenes.halls.visits.models import HomeVisit, State
from diebian.scenes.halls.visits.refusals import (
    DayFull,
    OutcomeMissing,
    VisitDayWrong,
    VisitElsewhere,
    VisitOver,
    VisitUnclear,
)
from diebian.security.identity.public import Refused
from tests.browsing import browser

from .people import at, the_hall, who

FRIDAY = date(2026, 11, 27)


def a_visit(
    username: str = "clerk", half: str = "am", day: date = FRIDAY, **told: str
) -> HomeVisit:
    usual = {"name": "样例老人", "phone": "024-1", "address": "1 号", "about": "养老认证"}
    words = {"area": "样例街道"} | usual | told
    return actions.ask(hall_code="H1", day=day, half=half, by=who(username), **words)


def test_the_route_goes_by_half_day_then_quarter_then_address() -> None:
    with at("09:00"):
        a_visit(half="pm", area="1 街")
        a_visit(area="2 街", address="9 号")
        a_visit(area="1 街")
    told = [(one.half, one.area) for one in selectors.route(the_hall(), FRIDAY)]
    assert told == [("am", "1 街"), ("am", "2 街"), ("pm", "1 街")]


def test_no_more_than_can_be_made_and_on_working_days_from_tomorrow_on() -> None:
    with at("09:00"):
        visits = [a_visit() for _ in range(3)]
        with pytest.raises(DayFull):
            a_visit()
        actions.cancel(public_id=visits[0].public_id, by=who("clerk"))
        a_visit()
        for day in (date(2026, 11, 25), date(2026, 11, 28)):
            with pytest.raises(VisitDayWrong):
                a_visit(day=day)
        with pytest.raises(VisitUnclear):
            a_visit(phone=" ", day=date(2026, 11, 30))
        with pytest.raises(Refused):
            a_visit("county_clerk")


def test_a_helper_takes_the_day_and_whoever_asked_online_is_told_who_comes() -> None:
    with at("09:00"):
        visit = a_visit("young")
        a_visit()
        assert actions.take_route(hall_code="H1", day=FRIDAY, by=who("clerk")) == 2
        assert actions.take_route(hall_code="H1", day=FRIDAY, by=who("colleague")) == 0
        with pytest.raises(VisitElsewhere):
            end(visit, "colleague")
        with pytest.raises(Refused):
            end(visit, "young")
        with pytest.raises(OutcomeMissing):
            end(visit, outcome=" ")
        end(visit)
        with pytest.raises(VisitOver):
            end(visit)
    notices = apps.get_model("messages", "Notice")._default_manager.values_list("key", "body")
    assert [key for key, _ in notices] == [who("young").key] * 2
    assert "clerk来办" in notices[0][1]
    visit.refresh_from_db()
    assert (visit.state, visit.outcome) == (State.NOT_MET, "样例：家里没人，改到下周")


def test_another_persons_visit_does_not_exist() -> None:
    with at("09:00"):
        visit = a_visit("young")
    for username in ("old", "county_clerk"):
        with pytest.raises(NotFound):
            selectors.visit_for(who(username), visit.public_id)


def test_the_pages_from_asking_to_the_end() -> None:
    person, clerk = browser(who("young")), browser(who("clerk"))
    sent = {"day": "2026-11-27", "half": "am", "name": "样例老人", "phone": "024-1",
            "area": "样例街道", "address": "1 号", "about": "养老认证"}  # fmt: skip
    with at("09:00"):
        assert person.get("/halls/at/H1/visit/").status_code == 200
        wrong = person.post("/halls/at/H1/visit/", sent | {"day": "moon"})
        assert (wrong.status_code, "养老认证" in wrong.content.decode()) == (422, True)
        address = person.post("/halls/at/H1/visit/", sent)["Location"]
        assert "养老认证" in person.get("/halls/bookings/").content.decode()
        assert "没人接" in clerk.get("/halls/at/H1/route/?day=2026-11-27").content.decode()
        clerk.post("/halls/at/H1/route/", {"day": "2026-11-27"})
        assert clerk.post(f"{address}done", {"outcome": ""}).status_code == 422
        assert clerk.post(f"{address}moon").status_code == 404
        clerk.post(f"{address}done", {"outcome": "样例：认证好了"})
        assert "认证好了" in person.get(address).content.decode()
        assert person.get("/halls/at/H1/route/").status_code == 403


def end(
    visit: HomeVisit, username: str = "clerk", outcome: str = "样例：家里没人，改到下周"
) -> None:
    actions.end(public_id=visit.public_id, was_met=False, outcome=outcome, by=who(username))
