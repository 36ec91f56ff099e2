"""亲友代办: the daughter acts in her own name, the case is the mother's, and the mother knows."""

import pytest
from django.urls import reverse

from diebian.base.mandates.public import Mandate, NotGiven, Over, Scope, agree, end, give
from diebian.base.messages.public import unread
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions, selectors
from diebian.scenes.services.models import Case, State
from diebian.security.identity.public import person
from diebian.security.tracker.public import reads_of
from tests.browsing import browser

from .people import SENT, a_draft, answered, who

MOTHER, DAUGHTER = "applicant", "stranger"


def authorised() -> Mandate:
    holder = person(who(DAUGHTER).key)
    told = {"holder_id_number": holder.id_number, "holder_name": holder.name}
    mandate = give(**told, scope=Scope(matters=["S1"]), by=who(MOTHER))
    return agree(mandate_id=mandate.public_id, by=who(MOTHER))


def begun() -> Case:
    return actions.open_case(item_code="S1", giver=who(MOTHER).key, by=who(DAUGHTER))


def handed_in() -> Case:
    case = answered(begun())
    actions.fill_form(case_no=case.case_no, sent=SENT, by=who(DAUGHTER))
    return actions.submit_case(case_no=case.case_no, by=who(DAUGHTER))


def test_the_case_is_the_mothers_and_every_act_is_told_to_her() -> None:
    mandate = authorised()
    case = handed_in()
    assert (case.applicant_key, case.acted_by) == (who(MOTHER).key, who(DAUGHTER).key)
    assert case.state == State.UNDER_REVIEW
    assert [one.act for one in mandate.uses.all()] == ["提交了申请", "开始填申请"]
    told = unread(who(MOTHER).key).values_list("body", flat=True)
    assert any("替您提交了申请" in body for body in told)
    actions.withdraw(case_no=case.case_no, by=who(DAUGHTER))
    assert mandate.uses.count() == 3


def test_who_has_no_mandate_opens_nothing_for_another() -> None:
    draft = a_draft(MOTHER)
    with pytest.raises(NotGiven):
        begun()
    draft.refresh_from_db()
    assert draft.opened_by == who(MOTHER).key
    with pytest.raises(NotFound):
        selectors.case_for(who(DAUGHTER), draft.case_no)


def test_taken_back_between_two_clicks_the_draft_stays_with_the_mother() -> None:
    mandate = authorised()
    case = answered(begun())
    actions.fill_form(case_no=case.case_no, sent=SENT, by=who(DAUGHTER))
    end(mandate_id=mandate.public_id, by=who(MOTHER))
    with pytest.raises(Over):
        actions.submit_case(case_no=case.case_no, by=who(DAUGHTER))
    page = browser(who(DAUGHTER)).get(reverse("services:form", args=[case.case_no]))
    assert page.status_code == 403
    assert "授权已经结束" in page.content.decode()
    assert selectors.draft_for(who(MOTHER), case.case_no).form["amount"] == "500.00"


def test_what_the_daughter_sees_stands_in_the_mothers_reads() -> None:
    authorised()
    case = handed_in()
    page = browser(who(DAUGHTER)).get(reverse("services:track", args=[case.case_no]))
    assert "您在代 样例applicant 办" in page.content.decode()
    [line] = reads_of(person_key=who(MOTHER).key).lines
    assert line.reader == "样例stranger，凭您的授权"
    shown = browser(who(MOTHER)).get(reverse("services:reads")).content.decode()
    assert "<strong>样例stranger，凭您的授权</strong>" in shown


def test_she_chooses_for_whom_and_finds_the_case_among_those_of_others() -> None:
    authorised()
    daughter = browser(who(DAUGHTER))
    guide = daughter.get(reverse("services:guide", args=["S1"])).content.decode()
    assert "代 样例applicant" in guide
    daughter.post(reverse("services:apply", args=["S1"]), {"giver": who(MOTHER).key})
    case = Case.objects.get()
    assert case.applicant_key == who(MOTHER).key
    assert "代 样例applicant：" in daughter.get(reverse("services:mine")).content.decode()
    assert case.case_no in browser(who(MOTHER)).get(reverse("services:mine")).content.decode()
