"""法人: the case is the company's, whoever of its people acts; a person's item is not for it."""

from typing import Any

import pytest
from django.urls import reverse

from diebian.base.exchange import public as exchange
from diebian.base.exchange.public import Verification
from diebian.base.mandates.public import NotGiven
from diebian.scenes.services import actions, refusals
from diebian.scenes.services.behalf import told_of
from diebian.scenes.services.models import Case, State
from diebian.security.identity.public import PLATFORM, CompanyFacts, confirm_company
from tests.browsing import browser

from .people import SENT, answered, the_item_says, who

HEAD, OTHER_ONE = "applicant", "stranger"
CODE = "914403001922038216"


def a_company() -> CompanyFacts:
    told = {"credit_code": CODE, "name": "样例公司"}
    return confirm_company(**told, head_key=who(HEAD).key, by=PLATFORM)


def test_the_representative_applies_in_the_companys_name() -> None:
    the_item_says(objects=("法人",))
    firm, head = a_company(), browser(who(HEAD))
    assert "代表 样例公司" in head.get(reverse("services:guide", args=["S1"])).content.decode()
    case = answered(actions.open_case(item_code="S1", giver=firm.key, by=who(HEAD)))
    assert (case.applicant_key, case.applicant_name) == (firm.key, "样例公司")
    form = head.get(reverse("services:form", args=[case.case_no])).content.decode()
    assert "统一社会信用代码" in form
    actions.fill_form(case_no=case.case_no, sent=SENT, by=who(HEAD))
    actions.submit_case(case_no=case.case_no, by=who(HEAD))
    case.refresh_from_db()
    assert case.state == State.UNDER_REVIEW
    page = browser(who("reviewer")).get(reverse("services:work", args=[case.case_no]))
    assert "样例公司" in page.content.decode()
    assert "代 样例公司" in head.get(reverse("services:mine")).content.decode()


def handed_in() -> Case:
    the_item_says(objects=("法人",))
    case = answered(actions.open_case(item_code="S1", giver=a_company().key, by=who(HEAD)))
    actions.fill_form(case_no=case.case_no, sent=SENT, by=who(HEAD))
    return actions.submit_case(case_no=case.case_no, by=who(HEAD))


def test_its_news_reach_who_represents_it_now_and_not_who_did() -> None:
    case = handed_in()
    assert told_of(case) == [who(HEAD).key]
    confirm_company(credit_code=CODE, name="样例公司", head_key=who(OTHER_ONE).key, by=PLATFORM)
    assert told_of(case) == [who(OTHER_ONE).key]


def test_what_its_case_claims_is_verified_by_its_credit_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, asked = handed_in(), list[dict[str, str]]()

    def answer(**told: Any) -> Verification:
        asked.append(told["parameters"])
        return Verification("call", True, {"kind": True})

    monkeypatch.setattr(exchange, "verify", answer)
    monkeypatch.setattr(exchange, "fitting", lambda **told: told["parameters"])
    sent = {"kind": "310"}
    actions.verify(case_no=case.case_no, resource="insured", sent=sent, by=who("reviewer"))
    assert asked == [{"credit_code": CODE, "name": "样例公司"}]
    page = browser(who("reviewer")).get(reverse("services:verify", args=[case.case_no]))
    assert page.status_code == 200


def test_nobody_else_applies_in_its_name() -> None:
    the_item_says(objects=("法人",))
    with pytest.raises(NotGiven):
        actions.open_case(item_code="S1", giver=a_company().key, by=who(OTHER_ONE))


def test_an_item_of_persons_is_not_the_companys_and_the_other_way_round() -> None:
    firm = a_company()
    the_item_says(objects=("自然人",))
    with pytest.raises(refusals.NotForCompanies):
        actions.open_case(item_code="S1", giver=firm.key, by=who(HEAD))
    the_item_says(objects=("法人",))
    with pytest.raises(refusals.OnlyOrganisations):
        actions.open_case(item_code="S1", by=who(HEAD))
