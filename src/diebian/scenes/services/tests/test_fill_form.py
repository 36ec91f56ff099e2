"""Only what the form has is read, each value in one spelling, each fault in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions, refusals
from diebian.scenes.services.forms import read_application
from diebian.scenes.services.journey import journey_of
from diebian.scenes.services.models import ItemVersion

from .people import JOURNEY, SENT, a_draft, filled, submitted, who


def test_what_was_filled_is_kept_in_one_spelling() -> None:
    case = filled(a_draft(), amount=" 50,000 ", card_tail="３０２１")
    case.refresh_from_db()
    assert case.form == {"amount": "50000.00", "card_tail": "3021"}


def test_a_field_that_is_not_on_the_form_is_refused_and_nothing_is_kept() -> None:
    case = a_draft()
    with pytest.raises(refusals.FieldUnknown):
        filled(case, state="approved")
    case.refresh_from_db()
    assert case.form == {}


@pytest.mark.parametrize("amount", ["", "0", "-5", "+5", "1e5", "1e9999", "NaN", "1.234", "五百"])
def test_an_amount_that_is_none_is_told_at_its_field(amount: str) -> None:
    with pytest.raises(refusals.FormInvalid) as told:
        filled(a_draft(), amount=amount)
    assert list(told.value.fields) == ["amount"]


@pytest.mark.parametrize("tail", ["", "302", "30211", "30a1", "²²²²"])
def test_a_card_tail_is_four_digits(tail: str) -> None:
    if tail == "²²²²":  # NFKC makes plain digits of them: a phone's keyboard may send such
        assert filled(a_draft(), card_tail=tail).form is not None
        return
    with pytest.raises(refusals.FormInvalid):
        filled(a_draft(), card_tail=tail)


def test_every_fault_is_told_at_once() -> None:
    case = a_draft()
    with pytest.raises(refusals.FormInvalid) as told:
        actions.fill_form(case_no=case.case_no, sent={}, by=who("applicant"))
    assert set(told.value.fields) == {"amount", "card_tail", "statement"}


def test_another_persons_draft_does_not_exist() -> None:
    with pytest.raises(NotFound):
        actions.fill_form(case_no=a_draft().case_no, sent=SENT, by=who("stranger"))


def test_a_submitted_form_is_not_filled_again() -> None:
    case = submitted(filled(a_draft()))
    with pytest.raises(refusals.WrongState):
        filled(case)


@given(st.text(max_size=40), st.text(max_size=10))
def test_whatever_is_typed_is_read_or_refused(amount: str, tail: str) -> None:
    journey = journey_of(ItemVersion(journey=JOURNEY))
    sent = {"amount": amount, "card_tail": tail, "statement": "on"}
    faults: set[str] = set()
    read: dict[str, str] = {}
    try:
        read = read_application(journey, sent)
    except refusals.FormInvalid as told:
        faults = set(told.fields)
    if read:
        assert 0 < float(read["amount"]) <= 100_000_000
        assert len(read["card_tail"]) == 4
    else:
        assert faults
        assert faults <= {"amount", "card_tail"}
