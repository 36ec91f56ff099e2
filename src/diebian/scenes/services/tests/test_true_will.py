"""Of a house she is asked herself, and nobody says it for her (老年人权益保障法 第五十五条)."""

import pytest
from django.apps import apps
from django.urls import reverse

from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions, refusals
from diebian.scenes.services.models import Case, State
from diebian.security.identity.public import person
from tests.browsing import browser

from .people import SENT, a_draft, answered, filled, the_item_says, who
from .test_behalf import DAUGHTER, MOTHER, authorised, begun


@pytest.fixture(autouse=True)
def _a_house() -> None:
    the_item_says(asks_true_will=True)


def filled_by_the_daughter() -> Case:
    authorised()
    case = answered(begun())
    actions.fill_form(case_no=case.case_no, sent=SENT, by=who(DAUGHTER))
    return case


def test_the_daughter_fills_and_cannot_hand_in_what_the_mother_has_not_wanted() -> None:
    case = filled_by_the_daughter()
    with pytest.raises(refusals.TrueWillUnasked):
        actions.submit_case(case_no=case.case_no, by=who(DAUGHTER))
    with pytest.raises(NotFound):
        actions.say_true_will(case_no=case.case_no, by=who("outsider"))
    told = apps.get_model("messages", "Outgoing")._default_manager
    [said] = told.filter(topic="services.case.true_will_wanted")
    assert said.body["to"] == "herself"
    actions.say_true_will(case_no=case.case_no, by=who(MOTHER))
    actions.submit_case(case_no=case.case_no, by=who(DAUGHTER))
    case.refresh_from_db()
    assert case.state == State.UNDER_REVIEW


def test_the_daughter_does_not_say_it_for_her() -> None:
    case = filled_by_the_daughter()
    sent = browser(who(DAUGHTER)).post(
        reverse("services:check", args=[case.case_no]), {"true_will": "on"}
    )
    assert sent.status_code in {403, 404}
    case.refresh_from_db()
    assert (case.true_will_at, case.state) == (None, State.DRAFT)


def test_what_is_altered_afterwards_is_asked_again() -> None:
    case = filled_by_the_daughter()
    actions.say_true_will(case_no=case.case_no, by=who(MOTHER))
    actions.fill_form(case_no=case.case_no, sent=SENT | {"amount": "900"}, by=who(DAUGHTER))
    with pytest.raises(refusals.TrueWillUnasked):
        actions.submit_case(case_no=case.case_no, by=who(DAUGHTER))


def test_an_old_person_who_applies_herself_says_it_with_her_submission() -> None:
    case = filled(answered(a_draft(MOTHER)))
    with pytest.raises(refusals.TrueWillUnasked):
        actions.submit_case(case_no=case.case_no, by=who(MOTHER))
    mother, address = browser(who(MOTHER)), reverse("services:check", args=[case.case_no])
    assert "这是我自己真实的意愿" in mother.get(address).content.decode()
    mother.post(address, {"true_will": "on"})
    case.refresh_from_db()
    assert case.received_at is not None


def test_a_younger_one_is_not_asked() -> None:
    case = answered(a_draft(DAUGHTER))
    actions.fill_form(case_no=case.case_no, sent=SENT, by=who(DAUGHTER))
    actions.submit_case(case_no=case.case_no, by=who(DAUGHTER))


def test_at_a_window_the_clerk_asks_her_to_her_face() -> None:
    case, mother = filled_by_the_daughter(), person(who(MOTHER).key)
    told = {"item_code": "S1", "id_number": mother.id_number, "name": mother.name}
    assert actions.open_at_window(**told, by=who("clerk")) == case
    actions.say_true_will(case_no=case.case_no, by=who("clerk"))
    actions.submit_case(case_no=case.case_no, by=who("clerk"))
