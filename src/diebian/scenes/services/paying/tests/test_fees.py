"""A case with a fee: asked for at its moment, waits audibly, goes on when it is paid."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.apps import apps

from diebian.base.licences.public import licence_of_case
from diebian.base.messages.public import Message, unread
from diebian.base.payments.public import Order, refund_of, take_at_window
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.fees.owing import owed
from diebian.scenes.services.fees.selectors import matter_of, open_fee
from diebian.scenes.services.items.facts import (
    ACCEPTANCE,
    HANDING_OUT,
    Charge,
    Charging,
    Reduction,
    facts_in,
    kept,
)
from diebian.scenes.services.items.told import lines_of, names_in
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.paying.hearing import CASES_ARE_PAID
from diebian.scenes.services.paying.reminding import remind_of_fees
from diebian.scenes.services.tests.people import (
    NUMBERS,
    OWNER,
    the_item_says,
    under_review,
    who,
)
from diebian.scenes.services.window import guests, handing_out, taking_fees
from diebian.scenes.services.window.receipts import receipt_of
from diebian.scenes.services.window.refusals import FeeOutstanding
from diebian.security.identity.public import PLATFORM, register_official
from diebian.standards.profile import item_details
from tests.browsing import browser

HALF = Reduction("样例减半", 50, "样例依据", {"q": ["是"]})
ALL = Reduction("样例免收", 100, "样例依据", {"q": ["是"]})


def costs(before: str, *reductions: Reduction, back: Sequence[str] = ()) -> Charging:
    charge = Charge("样例登记费", 8000, "样例价格规定")
    return Charging(before, 5, (charge,), reductions, tuple(back))


def a_case(charging: Charging) -> Case:
    the_item_says(charging=charging)
    return under_review()


def granted(charging: Charging) -> Case:
    case = a_case(charging)
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    case.refresh_from_db()
    return case


def paid(case: Case) -> None:
    take_at_window(matter=matter_of(case), way="cash", slip="17", by=who("clerk"))
    heard(case)


def heard(case: Case) -> None:
    """As if the relay had carried what payments said so far."""
    rows = apps.get_model("messages", "Outgoing")._default_manager
    for row in rows.filter(topic__startswith="payments.order.").order_by("pk"):
        message = Message(str(row.message_id), row.topic, row.key, row.body, "platform", row.at)
        CASES_ARE_PAID.handle(message)
        row.delete()
    case.refresh_from_db()


def kinds(case: Case) -> list[str]:
    return list(case.events.values_list("kind", flat=True))


def test_before_acceptance_it_waits_for_the_payment_and_is_accepted_by_it() -> None:
    case = a_case(costs(ACCEPTANCE))
    assert case.state == State.RECEIVED
    actions.ask_departments(case_no=case.case_no, by=PLATFORM)
    assert kinds(case).count("fee_wanted") == 1
    page = browser(who("applicant")).get(f"/cases/{case.case_no}/").content.decode()
    assert "请缴费 80.00 元，缴了马上受理" in page
    assert "请缴费 80.00 元" in receipt_of(case).next[0]
    paid(case)
    assert (case.state, open_fee(case)) == (State.UNDER_REVIEW, None)


def test_before_handing_out_the_decision_stands_and_is_delivered_when_it_is_paid() -> None:
    case = granted(costs(HANDING_OUT))
    assert (case.state, licence_of_case(case.case_no)) == (State.APPROVED, None)
    guests.seat(id_number=NUMBERS["applicant"], name="样例applicant", by=who("clerk"))
    with pytest.raises(FeeOutstanding):
        handing_out.hand_out(case_no=case.case_no, to_name="样例", relation="", by=who("clerk"))
    paid(case)
    assert licence_of_case(case.case_no) is not None
    assert kinds(case)[-2:] == ["fee_paid", "delivered"]


def test_what_is_left_off_wholly_is_not_asked_for_and_the_course_says_why() -> None:
    free = Reduction(ALL.label, ALL.percent, ALL.basis, {})
    case = a_case(costs(ACCEPTANCE, free))
    assert case.state == State.UNDER_REVIEW
    assert not Order.objects.exists()
    assert case.events.get(kind="fee_spared").reason == "样例免收（样例依据）"


def test_the_largest_reduction_that_applies_counts_alone() -> None:
    charging = costs(ACCEPTANCE, HALF, ALL)
    assert [one.fen for one in owed(charging, {"q": "是"})] == [8000, -8000]
    assert [one.fen for one in owed(charging, {"q": "不是"})] == [8000]
    assert [one.fen for one in owed(costs(ACCEPTANCE, HALF), {"q": "是"})] == [8000, -4000]


def test_what_was_paid_goes_back_after_a_withdrawal_where_the_item_says_so() -> None:
    case = a_case(costs(ACCEPTANCE, back=["withdrawn"]))
    paid(case)
    actions.withdraw(case_no=case.case_no, by=who("applicant"))
    heard(case)
    assert kinds(case)[-1] == "fee_going_back"
    register_official(username="finance", password="样例口令一二三", name="财务", department=OWNER,
                      posts=["finance_clerk"], by=PLATFORM)  # fmt: skip
    back = refund_of(Order.objects.get())
    assert back is not None
    sent = {"verb": "paid-out", "key": back.key, "slip": "9"}
    assert browser(who("finance")).post("/desk/payments/", sent).status_code == 302
    heard(case)
    assert kinds(case)[-1] == "fee_given_back"
    assert "已退 80.00 元" in fee_page(case, "applicant")


def test_a_withdrawal_makes_an_unpaid_fee_void_and_keeps_one_that_does_not_go_back() -> None:
    case = a_case(costs(ACCEPTANCE))
    actions.withdraw(case_no=case.case_no, by=who("applicant"))
    assert Order.objects.get().state == "void"
    other = a_case(costs(ACCEPTANCE))
    paid(other)
    actions.refuse(case_no=other.case_no, reason="样例", by=who("reviewer"))
    assert refund_of(Order.objects.get(state="paid")) is None


def fee_page(case: Case, username: str) -> str:
    return browser(who(username)).get(f"/cases/{case.case_no}/fee/").content.decode()


def test_the_page_says_what_it_is_for_by_which_law_until_when_and_gives_a_receipt() -> None:
    case = a_case(costs(ACCEPTANCE))
    page = fee_page(case, "applicant")
    assert all(words in page for words in ("样例价格规定", "80.00", "最晚", "沙箱"))
    at = f"/cases/{case.case_no}/fee/receipt/"
    assert browser(who("applicant")).get(at).status_code == 404
    paid(case)
    receipt = browser(who("applicant")).get(at).content.decode()
    assert "捌拾元整" in receipt
    assert "样例" in receipt


def test_for_whoever_has_no_business_with_it_the_fee_does_not_exist() -> None:
    case = a_case(costs(ACCEPTANCE))
    for username in ("stranger", "outsider", "clerk"):
        found = browser(who(username)).get(f"/cases/{case.case_no}/fee/")
        assert found.status_code == 404
    sent = browser(who("reviewer")).post(f"/cases/{case.case_no}/fee/", {"verb": "pay"})
    assert sent.status_code == 404  # may look, may not pay
    with pytest.raises(NotFound):
        taking_fees.take_fee(case_no=case.case_no, way="cash", slip="1", by=who("clerk"))


def test_at_the_counter_it_is_taken_from_whoever_sits_there() -> None:
    case = a_case(costs(ACCEPTANCE))
    guests.seat(id_number=NUMBERS["applicant"], name="样例applicant", by=who("clerk"))
    clerk, at = browser(who("clerk")), f"/window/cases/{case.case_no}/"
    assert clerk.post(f"{at}fee", {"way": "qr", "slip": ""}).status_code == 422
    assert clerk.post(f"{at}fee", {"way": "qr", "slip": "A1"}).status_code == 302
    assert clerk.post(f"{at}fee", {"way": "qr", "slip": "A1"}).status_code == 409
    assert Order.objects.get().way == "qr"


def test_while_the_provider_is_away_nothing_is_lost_and_the_window_is_named() -> None:
    case = a_case(costs(ACCEPTANCE))
    answer = browser(who("applicant")).post(f"/cases/{case.case_no}/fee/", {"verb": "pay"})
    assert (answer.status_code, "payments.provider_away" in answer.content.decode()) == (503, True)


def test_each_rung_is_told_once_the_last_ones_to_whoever_decides_as_well() -> None:
    case = a_case(costs(ACCEPTANCE))
    due, before = Order.objects.get().due, unread(who("reviewer").key).count()
    with clock.held_at(clock.midnight(due)):
        assert [remind_of_fees(by=PLATFORM) for _ in range(2)] == [1, 0]
    assert unread(who("reviewer").key).count() == before + 1
    with clock.held_at(clock.midnight(due + timedelta(days=1))):
        assert remind_of_fees(by=PLATFORM) == 1
    paid(case)
    assert remind_of_fees(by=PLATFORM) == 0


def test_a_version_keeps_what_a_case_costs_and_tells_it() -> None:
    case = a_case(costs(ACCEPTANCE, HALF, back=["refused"]))
    facts = case.version.facts
    assert facts_in(kept(facts)) == facts
    told = dict(lines_of(facts, names_in([facts])))["缴费"]
    assert all(words in told for words in ("80.00 元", "减收 50%", "受理以前缴", "不予办理的退"))
    assert (ACCEPTANCE, HANDING_OUT) == item_details.MOMENTS
