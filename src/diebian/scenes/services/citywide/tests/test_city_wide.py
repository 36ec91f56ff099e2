"""Received here, decided there: who is responsible, when it counts, where the result goes."""

from datetime import UTC, date, datetime

import pytest

from diebian.base.messages.public import unread
from diebian.kernel import clock
from diebian.scenes.services import actions
from diebian.scenes.services.citywide import refusals, selectors
from diebian.scenes.services.citywide.looking import open_received
from diebian.scenes.services.citywide.passing import pass_on
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.refusals import NotCityWide, ReasonMissing
from diebian.scenes.services.selectors import clock_of
from diebian.scenes.services.tasks.selectors import work_page
from diebian.scenes.services.tests.people import NUMBERS, SENT, answered, the_item_says, who
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import Refused

from .conftest import BODIES, HERE, THERE

MONDAY = datetime(2026, 9, 21, 1, tzinfo=UTC)  # 09:00 in the city
WEDNESDAY = datetime(2026, 9, 23, 1, tzinfo=UTC)


def begun(window: str = f"window{THERE}") -> Case:
    return actions.open_at_window(
        item_code="S1", id_number=NUMBERS["applicant"], name="样例applicant", by=who(window)
    )


def received(window: str = f"window{THERE}", place: str = HERE) -> Case:
    """The person sits at a window there; the house stands here."""
    case = answered(begun(window), house={"where": f"{place}001"})
    by = who(window)
    actions.fill_form(case_no=case.case_no, sent={**SENT, "place": place}, by=by)
    actions.submit_case(case_no=case.case_no, by=by)
    case.refresh_from_db()
    return case


def test_a_window_takes_in_what_another_county_decides_and_both_sides_stand_in_it() -> None:
    with clock.held_at(MONDAY):
        case = received()
        assert case.department.credit_code == BODIES[HERE]
        assert case.reception.department.credit_code == BODIES[THERE]
        [forwarded] = case.events.filter(kind="forwarded")
        assert (forwarded.at, forwarded.actor) == (MONDAY, "window")
        assert case.department.name in forwarded.reason
        assert clock_of(case).accepted_on == date(2026, 9, 21)
        actions.approve(case_no=case.case_no, by=who(f"reviewer{HERE}"))


def test_what_is_not_city_wide_is_taken_only_where_it_is_decided() -> None:
    the_item_says(levels=("市级", "县级"))
    case = begun()
    for place, is_taken in ((HERE, False), (THERE, True), ("880100", True)):
        sent, by = {**SENT, "place": place}, who(f"window{THERE}")
        if is_taken:
            actions.fill_form(case_no=case.case_no, sent=sent, by=by)
            continue
        with pytest.raises(NotCityWide):
            actions.fill_form(case_no=case.case_no, sent=sent, by=by)


def test_a_window_opens_its_own_cases_and_is_told_of_others_that_they_are_not() -> None:
    case = received()
    assert open_received(case_no=case.case_no, by=who(f"window{THERE}")).case == case
    assert [one.case for one in selectors.received_here(who(f"window{THERE}"))] == [case]
    for number in (case.case_no, "0"):
        with pytest.raises(refusals.NotReceivedHere):
            open_received(case_no=number, by=who(f"window{HERE}"))
        assert "services.case.not_received_here" in actions_on(f"case:{number}")


def test_a_case_of_the_wrong_body_is_passed_on_at_once_and_its_clock_goes_on() -> None:
    with clock.held_at(MONDAY):
        case = received()
        due = clock_of(case).promised_due
    with clock.held_at(WEDNESDAY):
        by = who(f"reviewer{HERE}")
        with pytest.raises(ReasonMissing):
            pass_on(case_no=case.case_no, place=THERE, why="", by=by)
        with pytest.raises(refusals.SameBody):
            pass_on(case_no=case.case_no, place=HERE, why="样例", by=by)
        pass_on(case_no=case.case_no, place=THERE, why="房屋不在本区", by=by)
        assert work_page(by).rows == []
        assert [row.case.pk for row in work_page(who(f"reviewer{THERE}")).rows] == [case.pk]
        case = Case.objects.get(pk=case.pk)
        assert case.department.credit_code == BODIES[THERE]
        assert (case.county, case.state) == (THERE, State.UNDER_REVIEW)
        assert clock_of(case).promised_due == due
        assert unread(who(f"reviewer{THERE}").key).count() == 1
        with pytest.raises(Refused):
            actions.approve(case_no=case.case_no, by=who(f"reviewer{HERE}"))
        actions.approve(case_no=case.case_no, by=who(f"reviewer{THERE}"))


def test_how_often_an_item_is_used_opens_by_where_it_was_received_and_decided() -> None:
    received()
    [field] = selectors.fields_of()
    [(item, used)] = field.lines
    [flow] = selectors.flows_of(item)
    assert (used, flow.count, flow.is_elsewhere) == (1, 1, True)
    assert (flow.received_in, flow.decided_in) == (f"样例县{THERE}", f"样例县{HERE}")
    assert selectors.fields_of("没有这样的事项") == []
    assert (f"样例县{THERE}", 1, 1) in selectors.halls()
