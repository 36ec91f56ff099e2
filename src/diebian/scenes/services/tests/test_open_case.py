"""A case begins as a draft of the person's own, or of the clerk at whose window they sit."""

from datetime import timedelta

import pytest

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions, refusals, selectors
from diebian.scenes.services.models import Case, Channel, State
from diebian.security.identity.public import PLATFORM, Refused

from .people import NUMBERS, a_draft, answered, filled, who


def test_beginning_twice_is_one_draft() -> None:
    assert a_draft().case_no == a_draft().case_no
    assert a_draft("stranger").case_no != a_draft().case_no


def test_an_official_does_not_apply() -> None:
    with pytest.raises(refusals.OnlyPersons):
        actions.open_case(item_code="S1", by=who("reviewer"))


def test_an_item_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(NotFound):
        actions.open_case(item_code="S9", by=who("applicant"))


@pytest.mark.parametrize("username", ["stranger", "outsider", "reviewer", "clerk"])
def test_a_draft_is_nobody_elses_business(username: str) -> None:
    with pytest.raises(NotFound):
        selectors.case_for(who(username), a_draft().case_no)


def test_the_window_receives_in_the_persons_name() -> None:
    case = actions.open_at_window(
        item_code="S1", id_number=NUMBERS["applicant"], name="样例applicant", by=who("clerk")
    )
    assert case.channel == Channel.WINDOW
    assert case.applicant_name == "样例applicant"
    assert selectors.draft_for(who("clerk"), case.case_no) == case
    assert selectors.draft_for(who("applicant"), case.case_no) == case


@pytest.mark.parametrize(
    ("number", "name"),
    [(NUMBERS["applicant"], "另一个名字"), (NUMBERS["stranger"], "样例applicant"), ("", "")],
)
def test_the_window_finds_nobody_by_half_of_the_truth(number: str, name: str) -> None:
    with pytest.raises(refusals.PersonUnknown):
        actions.open_at_window(item_code="S1", id_number=number, name=name, by=who("clerk"))


def test_only_the_window_opens_for_others() -> None:
    told = {"item_code": "S1", "id_number": NUMBERS["applicant"], "name": "样例applicant"}
    for username in ("reviewer", "stranger"):
        with pytest.raises(Refused):
            actions.open_at_window(**told, by=who(username))


def test_a_draft_goes_on_at_the_window() -> None:
    begun = a_draft()
    case = actions.open_at_window(
        item_code="S1", id_number=NUMBERS["applicant"], name="样例applicant", by=who("clerk")
    )
    assert case.case_no == begun.case_no


def test_a_forgotten_draft_goes_after_a_day_with_what_was_fetched() -> None:
    case = answered(filled(a_draft()))
    with clock.held_at(clock.now() + timedelta(hours=23)):
        assert actions.lapse_drafts(by=PLATFORM) == 0
    with clock.held_at(clock.now() + timedelta(hours=25)):
        assert actions.lapse_drafts(by=PLATFORM) == 1
    case.refresh_from_db()
    assert (case.state, case.form, case.fetched.count()) == (State.LAPSED, {}, 0)


def test_a_discarded_draft_keeps_nothing_and_a_new_one_may_begin() -> None:
    case = answered(filled(a_draft()))
    actions.discard_draft(case_no=case.case_no, by=who("applicant"))
    case.refresh_from_db()
    assert (case.state, case.form, case.fetched.count()) == (State.WITHDRAWN, {}, 0)
    assert a_draft().case_no != case.case_no
    assert Case.objects.count() == 2
