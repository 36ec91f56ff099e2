"""A company acts through whom its register names, and through those whom that one authorises."""

from datetime import timedelta

import pytest
from django.urls import reverse

from diebian.base.mandates import companies
from diebian.base.mandates.actions import use
from diebian.base.mandates.models import Kind, Mandate
from diebian.base.mandates.public import Scope, agree, standing
from diebian.base.mandates.refusals import CodeWrong, Over, RegisterAbsent
from diebian.base.messages.public import unread
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import PLATFORM, CompanyFacts, Refused, confirm_company
from diebian.standards.mandates import AGENT, HEAD_IS_BELIEVED
from tests.browsing import browser

from .people import BODY, NUMBERS, PENSION, to, who

CODE = "914403001922038216"


def a_company(head: str = "mother") -> CompanyFacts:
    """As the register's answer leaves it: that it is really asked is tested on the platform."""
    return confirm_company(credit_code=CODE, name="样例公司", head_key=who(head).key, by=PLATFORM)


def authorised() -> Mandate:
    made = companies.give_for_company(
        company_key=a_company().key,
        **to("daughter"),
        scope=Scope(field=BODY, days=AGENT.usual),
        by=who("mother"),
    )
    return agree(mandate_id=made.public_id, by=who("mother"))


def may(username: str, key: str) -> bool:
    return standing(holder=who(username), giver=key, matter=PENSION) is not None


def test_who_represents_it_acts_for_it_and_nobody_else() -> None:
    key = a_company().key
    assert may("mother", key)
    assert not may("daughter", key)
    a_company(head="neighbour")
    assert not may("mother", key)
    assert may("neighbour", key)


def test_the_registers_word_is_believed_for_some_time() -> None:
    key = a_company().key
    with clock.held_at(clock.now() + timedelta(days=HEAD_IS_BELIEVED + 1)):
        assert not may("mother", key)


def test_an_agent_acts_until_the_representative_ends_it_and_she_is_told() -> None:
    mandate = authorised()
    assert mandate.kind == Kind.AGENT
    told = {"giver": mandate.giver_key, "matters": [PENSION], "link": "/"}
    use(**told, act="提交了申请", about="样例", by=who("daughter"))  # type: ignore[arg-type]
    assert "替您提交了申请" in unread(who("mother").key).latest("pk").body
    browser(who("mother")).post(reverse("mandates:act", args=[mandate.public_id, "end"]))
    with pytest.raises(Over):
        use(**told, act="提交了申请", about="样例", by=who("daughter"))  # type: ignore[arg-type]


def test_only_who_represents_it_authorises_and_agrees() -> None:
    key = a_company().key
    with pytest.raises(NotFound):
        companies.give_for_company(
            company_key=key, **to("neighbour"), scope=Scope(field=BODY), by=who("daughter")
        )
    made = companies.give_for_company(
        company_key=key, **to("daughter"), scope=Scope(field=BODY), by=who("mother")
    )
    with pytest.raises(Refused):
        agree(mandate_id=made.public_id, by=who("daughter"))


def test_a_code_that_is_none_and_a_city_without_a_register_are_told() -> None:
    with pytest.raises(CodeWrong):
        companies.claim(credit_code="914403001922038217", by=who("mother"))
    with pytest.raises(RegisterAbsent):
        companies.claim(credit_code=CODE, by=who("mother"))
    page = browser(who("mother")).post(reverse("mandates:claim"), {"credit_code": CODE})
    assert page.status_code == 409
    assert "请带营业执照到大厅窗口" in page.content.decode()
    assert CODE in page.content.decode()


def test_the_representative_authorises_on_a_page() -> None:
    mother, key = browser(who("mother")), a_company().key
    assert "样例公司" in mother.get(reverse("mandates:mine")).content.decode()
    address = reverse("mandates:company-give", args=[key])
    sent = {"name": "样例daughter", "id_number": NUMBERS["daughter"], "matter": "M1", "days": "730"}
    page = mother.post(address, sent | {"tells": "notice"}, follow=True).content.decode()
    assert "我同意" in page
    assert browser(who("daughter")).get(address).status_code == 404
