"""At a window: no phone, no face scan; she hears the terms, says the word, and is told on paper."""

import pytest
from django.urls import reverse

from diebian.base.mandates import at_window, refusals, selectors
from diebian.base.mandates.actions import use
from diebian.base.mandates.models import Mandate, State, Tells, Way
from diebian.base.mandates.public import Scope
from diebian.security.identity.public import PLATFORM, Refused, register_official
from diebian.security.tracker.public import count_reads
from tests.browsing import browser

from .people import NUMBERS, PENSION, a_body, who

BOTH = {
    "giver_name": "样例mother",
    "giver_id_number": NUMBERS["mother"],
    "holder_name": "样例daughter",
    "holder_id_number": NUMBERS["daughter"],
}


@pytest.fixture(autouse=True)
def _a_clerk() -> None:
    register_official(
        username="clerk",
        password="样例口令一二三",
        name="样例窗口",
        department=a_body(),
        posts=["window_clerk"],
        by=PLATFORM,
    )


def recorded() -> Mandate:
    scope = Scope(matters=["M1"], tells=Tells.PAPER)
    return at_window.record(**BOTH, scope=scope, by=who("clerk"))


def agreed_in_presence() -> Mandate:
    made = recorded()
    said = {"way": "card", "read_back": made.read_back}
    return at_window.agree_in_presence(mandate_id=made.public_id, **said, by=who("clerk"))


def test_she_says_the_word_that_stands_on_her_sheet() -> None:
    made = recorded()
    wrong = "0000" if made.read_back != "0000" else "1111"
    with pytest.raises(refusals.ReadBackWrong):
        at_window.agree_in_presence(
            mandate_id=made.public_id, way="card", read_back=wrong, by=who("clerk")
        )
    sheet = browser(who("clerk")).get(reverse("mandates:sheet", args=[made.public_id]))
    assert made.read_back in sheet.content.decode()
    page = browser(who("clerk")).get(reverse("mandates:mandate", args=[made.public_id]))
    assert made.read_back not in page.content.decode()
    held = at_window.agree_in_presence(
        mandate_id=made.public_id, way="card", read_back=made.read_back, by=who("clerk")
    )
    assert (held.state, held.way, held.agreed_by_name) == (State.AGREED, Way.CARD, "样例窗口")


def test_a_signature_on_paper_is_equal_and_the_paper_is_kept_somewhere() -> None:
    made = recorded()
    with pytest.raises(refusals.PaperMissing):
        at_window.agree_in_presence(mandate_id=made.public_id, way="paper", by=who("clerk"))
    held = at_window.agree_in_presence(
        mandate_id=made.public_id, way="paper", paper="3 号柜第 12 页", by=who("clerk")
    )
    assert (held.state, held.way, held.paper) == (State.AGREED, Way.PAPER, "3 号柜第 12 页")


def test_nobody_but_the_window_records_for_others() -> None:
    with pytest.raises(Refused):
        at_window.record(**BOTH, scope=Scope(matters=["M1"]), by=who("daughter"))


def test_without_a_phone_she_is_told_each_act_by_somebody_once() -> None:
    agreed_in_presence()
    giver = who("mother").key
    use(giver=giver, matters=[PENSION], act="提交了申请", about="样例", link="", by=who("daughter"))
    [one] = selectors.uses_to_tell()
    clerk = browser(who("clerk"))
    assert "告诉样例mother" in clerk.get(reverse("mandates:desk")).content.decode()
    clerk.post(reverse("mandates:told", args=[one.pk]))
    assert selectors.uses_to_tell() == []


def test_one_call_ends_it_and_she_sees_who_looked() -> None:
    made = agreed_in_presence()
    clerk = browser(who("clerk"))
    told = {"name": "样例mother", "id_number": NUMBERS["mother"]}
    assert "样例daughter" in clerk.post(reverse("mandates:find"), told).content.decode()
    assert count_reads(person_key=who("mother").key) == 1
    address = reverse("mandates:desk-act", args=[made.public_id, "end"])
    assert clerk.post(address, {"why": ""}).status_code == 422
    clerk.post(address, {"why": "本人来电"})
    made.refresh_from_db()
    assert (made.state, made.ended_why) == (State.ENDED, "本人来电")


def test_the_clerk_writes_it_on_one_page_and_goes_on_to_the_sheet() -> None:
    clerk, sent = browser(who("clerk")), {
        "giver_name": "样例mother", "giver_id_number": NUMBERS["mother"], "name": "样例daughter",
        "id_number": NUMBERS["daughter"], "matter": "M1", "days": "90", "tells": "paper",
    }  # fmt: skip
    wrong = clerk.post(reverse("mandates:desk"), sent | {"name": "别人"})
    assert wrong.status_code == 422
    assert "没有找到这位实名用户" in wrong.content.decode()
    page = clerk.post(reverse("mandates:desk"), sent, follow=True).content.decode()
    assert "大字确认单" in page
    assert Mandate.objects.get().tells == Tells.PAPER
