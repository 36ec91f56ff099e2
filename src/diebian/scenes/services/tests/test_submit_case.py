"""收件 and 受理: at once where everything is there, later by itself where a department is away."""

import pytest

from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions, refusals, selectors
from diebian.scenes.services.models import State
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Refused

from .people import a_draft, answered, filled, submitted, under_review, who


def test_a_case_with_every_answer_is_accepted_at_once() -> None:
    case = under_review()
    assert case.state == State.UNDER_REVIEW
    assert case.county == "880101"
    assert [event.kind for event in case.events.all()] == ["opened", "received", "accepted"]


def test_submitting_twice_is_one_case() -> None:
    case = submitted(submitted(answered(filled(a_draft()))))
    assert [event.kind for event in case.events.all()].count("received") == 1
    assert actions_on(f"case:{case.case_no}").count("services.case.received") == 1


def test_an_empty_form_is_not_submitted() -> None:
    with pytest.raises(refusals.FormUnfinished):
        submitted(a_draft())


def test_another_person_does_not_submit_it() -> None:
    case = filled(a_draft())
    with pytest.raises(NotFound):
        actions.submit_case(case_no=case.case_no, by=who("stranger"))


def test_a_department_that_is_away_leaves_the_case_saved_and_waiting() -> None:
    case = submitted(filled(a_draft()))
    assert (case.state, case.waits_for) == (State.RECEIVED, "房屋查询")
    assert case.next_try_at is not None
    assert case.case_no not in selectors.due_case_numbers()  # not before its time
    actions.ask_departments(case_no=case.case_no, by=PLATFORM)  # no gateway runs here
    case.refresh_from_db()
    assert (case.state, case.tries) == (State.RECEIVED, 2)


def test_it_goes_on_by_itself_when_the_answers_are_there() -> None:
    case = answered(submitted(filled(a_draft())))
    actions.ask_departments(case_no=case.case_no, by=PLATFORM)
    case.refresh_from_db()
    assert (case.state, case.waits_for, case.next_try_at) == (State.UNDER_REVIEW, "", None)


def test_a_stranger_asks_no_department() -> None:
    with pytest.raises(Refused):
        actions.ask_departments(case_no=a_draft().case_no, by=who("stranger"))


def test_what_the_answers_do_not_settle_goes_to_a_person_in_words() -> None:
    case = filled(a_draft(), amount="90000")
    case = submitted(answered(case, house={"owner": "另一人", "free": "0"}))
    assert case.attention == "权利人是另一人；房屋有抵押；超过余额"
    assert case.state == State.UNDER_REVIEW  # nobody is refused by a machine


def test_an_answer_that_is_no_number_is_a_doubt_and_no_fault() -> None:
    case = submitted(answered(filled(a_draft()), balance="很多"))
    assert case.attention == "超过余额"


def test_a_person_may_withdraw_while_it_is_open_only() -> None:
    case = under_review()
    actions.withdraw(case_no=case.case_no, by=who("applicant"))
    with pytest.raises(refusals.WrongState):
        actions.withdraw(case_no=case.case_no, by=who("applicant"))
