import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from diebian.base.directory.public import load_working_days
from diebian.base.licences.public import licence_of_case
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions, refusals, selectors
from diebian.scenes.services.models import Case, State
from diebian.security.identity.public import PLATFORM, Refused
from diebian.standards.deadlines import State as ClockState

from .people import SENT, set_the_scene, under_review, who

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[5]
MONDAY = datetime(2026, 9, 28, 1, tzinfo=UTC)  # 09:00 in the city


@pytest.fixture(autouse=True)
def _scene() -> None:
    set_the_scene()
    [notice] = list(ROOT.glob("cities/*/holidays_2026.csv"))[:1]
    with notice.open(newline="") as file:
        load_working_days(rows=list(csv.DictReader(file)), by=PLATFORM)


def a_case(once: str = "1") -> Case:
    return actions.submit_case(item_code="S1", sent=SENT, once=once, by=who("applicant"))


def test_the_same_form_sent_twice_is_one_case() -> None:
    assert a_case().case_no == a_case().case_no
    assert a_case("2").case_no != a_case().case_no


def test_a_field_that_is_not_on_the_form_is_refused() -> None:
    with pytest.raises(refusals.FieldUnknown):
        actions.submit_case(
            item_code="S1", sent={**SENT, "state": "approved"}, once="1", by=who("applicant")
        )
    assert not Case.objects.exists()


@pytest.mark.parametrize("amount", ["", "0", "-5", "1e9999", "NaN", "1.234", "五百"])
def test_an_amount_that_is_none_is_refused(amount: str) -> None:
    with pytest.raises(refusals.AmountWrong):
        actions.submit_case(
            item_code="S1", sent={**SENT, "amount": amount}, once="1", by=who("applicant")
        )


def test_without_the_statement_nothing_is_submitted() -> None:
    sent = {name: value for name, value in SENT.items() if name != "statement"}
    with pytest.raises(refusals.StatementMissing):
        actions.submit_case(item_code="S1", sent=sent, once="1", by=who("applicant"))


def test_an_official_does_not_apply() -> None:
    with pytest.raises(refusals.OnlyPersons):
        actions.submit_case(item_code="S1", sent=SENT, once="1", by=who("reviewer"))


@pytest.mark.parametrize("username", ["stranger", "outsider"])
def test_a_case_does_not_exist_for_strangers(username: str) -> None:
    case = a_case()
    with pytest.raises(NotFound):
        selectors.case_for(who(username), case.case_no)


def test_another_department_decides_nothing() -> None:
    case = under_review(a_case())
    with pytest.raises(Refused):
        actions.approve(case_no=case.case_no, by=who("outsider"))
    with pytest.raises(Refused):
        actions.approve(case_no=case.case_no, by=who("applicant"))
    assert licence_of_case(case.case_no) is None


def test_an_upstream_that_is_away_leaves_the_case_saved_and_waiting() -> None:
    case = a_case()
    actions.fetch_for_case(case_no=case.case_no, by=PLATFORM)  # no gateway runs here
    case.refresh_from_db()
    assert case.state == State.RECEIVED
    assert case.waits_for == "房屋查询"
    assert case.next_try_at is not None
    assert case.case_no not in selectors.due_case_numbers()  # not before its time


def test_a_supplement_is_asked_once_and_stops_the_clock_over_national_day() -> None:
    with clock.held_at(MONDAY):
        case = under_review(a_case())
        actions.ask_supplement(case_no=case.case_no, wanted="请补一张发票", by=who("reviewer"))
    with clock.held_at(datetime(2026, 10, 9, 1, tzinfo=UTC)):
        case.refresh_from_db()
        assert selectors.clock_of(case).state == ClockState.STOPPED
        actions.supply_supplement(case_no=case.case_no, answer="已补", by=who("applicant"))
        told = selectors.clock_of(case)
        assert told.used == 0
        # ten working days after 9 October, the worked Saturday 10 October among them
        assert told.promised_due == date(2026, 10, 22)
        with pytest.raises(refusals.SupplementedBefore):
            actions.ask_supplement(case_no=case.case_no, wanted="再补", by=who("reviewer"))


def test_refusing_needs_a_reason_and_tells_the_remedy() -> None:
    case = under_review(a_case())
    with pytest.raises(refusals.ReasonMissing):
        actions.refuse(case_no=case.case_no, reason=" ", by=who("reviewer"))
    actions.refuse(case_no=case.case_no, reason="不符合条件", by=who("reviewer"))
    assert "行政复议" in case.events.get(kind="decided").reason


def test_an_approval_issues_one_licence_and_is_rated_once() -> None:
    case = under_review(a_case())
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    assert licence_of_case(case.case_no) is not None
    with pytest.raises(refusals.WrongState):
        actions.approve(case_no=case.case_no, by=who("reviewer"))
    actions.rate(case_no=case.case_no, grade=5, words="", by=who("applicant"))
    with pytest.raises(refusals.RatedBefore):
        actions.rate(case_no=case.case_no, grade=1, words="", by=who("applicant"))


def test_a_person_may_withdraw_while_it_is_open_only() -> None:
    case = a_case()
    actions.withdraw(case_no=case.case_no, by=who("applicant"))
    with pytest.raises(refusals.WrongState):
        actions.withdraw(case_no=case.case_no, by=who("applicant"))


@pytest.mark.parametrize("words", ["样例叫法", "样例事项", "ylsx", "想办样例事"])
def test_an_item_is_found_by_what_people_call_it(words: str) -> None:
    assert [one.code for one in selectors.search(words)] == ["S1"]
