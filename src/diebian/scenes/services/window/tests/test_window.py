"""综合窗口: who sits there is served, papers travel with names on both sides, receipts are true."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.portal.desk.public import person_left
from diebian.scenes.services import actions
from diebian.scenes.services.models import Case, PaperSheet, PaperTaken, State
from diebian.scenes.services.ratings.slips import slip_for, spelled
from diebian.scenes.services.ratings.tests.made import visited_case
from diebian.scenes.services.refusals import PersonUnknown, WrongState
from diebian.scenes.services.tests.people import (
    NUMBERS,
    OWNER,
    SENT,
    a_draft,
    answered,
    filled,
    submitted,
    under_review,
    who,
)
from diebian.scenes.services.window import guests, handing_out, papers, selectors
from diebian.scenes.services.window.picking import item_meant
from diebian.scenes.services.window.receipts import pdf_of, receipt_of
from diebian.scenes.services.window.refusals import (
    ConfirmedBefore,
    HandedOutBefore,
    ItemUnclear,
    NoReceiptYet,
    NothingToHand,
    PaperUnclear,
    ReceiverUnclear,
    ReturnUnexplained,
    SentOnWrong,
)
from diebian.security.identity.public import Refused
from diebian.security.tracker.public import reads_in
from tests.browsing import browser


def seated(username: str = "applicant") -> None:
    guests.seat(id_number=NUMBERS[username], name=f"样例{username}", by=who("clerk"))


def a_paper(case: Case, name: str = "样例材料") -> PaperTaken:
    return papers.take_paper(
        case_no=case.case_no, name=name, copies=2, is_original=True, by=who("clerk")
    )


def confirmed(sheet: PaperSheet, arrived: PaperTaken, username: str) -> None:
    papers.confirm(public_id=sheet.public_id, arrived=[arrived.pk], note="样例", by=who(username))


def sent(case: Case, parcel_no: str) -> None:
    handing_out.mail(
        case_no=case.case_no, to_name="样例", address="样例路", carrier="样例快递",
        parcel_no=parcel_no, by=who("clerk"),
    )  # fmt: skip


def approved() -> Case:
    case = under_review()
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    case.refresh_from_db()
    return case


def test_a_clerk_sees_the_cases_of_whoever_sits_there_and_of_nobody_else() -> None:
    case = under_review()
    with pytest.raises(NotFound):
        selectors.case_at(who("clerk"), case.case_no)
    seated()
    assert selectors.case_at(who("clerk"), case.case_no) == case
    assert "综合窗口：在办的件" in str(reads_in(case_no=case.case_no))
    seated("stranger")
    with pytest.raises(NotFound):
        selectors.case_at(who("clerk"), case.case_no)
    seated()
    guests.see_off(by=who("clerk"))
    assert selectors.sitting(who("clerk")) is None


def test_who_was_left_sitting_yesterday_sits_there_no_more() -> None:
    seated()
    with clock.held_at(clock.now() + timedelta(days=1)):
        assert selectors.sitting(who("clerk")) is None
        seated()
        assert selectors.sitting(who("clerk")) is not None


def test_when_the_next_number_is_called_who_sat_there_is_gone() -> None:
    seated()
    person_left(by=who("clerk"))
    assert selectors.sitting(who("clerk")) is None


def test_number_and_name_have_to_be_right_and_only_a_clerk_asks() -> None:
    with pytest.raises(PersonUnknown):
        guests.seat(id_number=NUMBERS["applicant"], name="样例某", by=who("clerk"))
    with pytest.raises(Refused):
        guests.seat(id_number=NUMBERS["applicant"], name="样例applicant", by=who("reviewer"))
    with pytest.raises(Refused):
        guests.see_off(by=who("applicant"))


def test_a_receipt_tells_the_true_time_and_that_it_waits_while_a_system_is_away() -> None:
    case = submitted(filled(a_draft()))  # nobody has answered
    told = receipt_of(case)
    assert (told.title, dict(told.lines)["受理时间"]) == ("收件回执", "接收，待核验")
    assert "收件时间照上面写的算" in told.next[1]
    assert case.received_at is not None
    local = case.received_at.astimezone(clock.CITY_TIME)
    assert f"{local:%H:%M}" in dict(told.lines)["收件时间"]
    with pytest.raises(NoReceiptYet):
        receipt_of(a_draft("stranger"))


def test_the_receipt_of_a_visit_carries_its_code_and_that_of_an_online_case_none() -> None:
    case = visited_case()
    code = slip_for(case_no=case.case_no, by=who("clerk")).code
    assert dict(receipt_of(case).lines)["窗口评价码"] == spelled(code)
    assert "窗口评价码" not in dict(receipt_of(under_review()).lines)


def test_an_accepted_case_has_its_day_and_its_papers_on_the_receipt_also_in_large_letters() -> None:
    case = under_review()
    seated()
    a_paper(case)
    told = receipt_of(selectors.case_at(who("clerk"), case.case_no))
    assert told.title == "受理回执"
    assert "最晚" in told.next[0]
    assert told.papers == ["样例材料 2 份，原件"]
    assert "样例applicant" not in str(told)
    pages = [
        PdfReader(BytesIO(pdf_of(case, address="http://x/", is_large=is_large))).pages
        for is_large in (False, True)
    ]
    assert [case.case_no in page[0].extract_text() for page in pages] == [True, True]


def test_papers_are_handed_over_confirmed_one_by_one_and_what_is_missing_goes_back() -> None:
    case = under_review()
    seated()
    first, second = a_paper(case), a_paper(case, "另一样")
    guests.see_off(by=who("clerk"))
    [waiting] = selectors.pending(who("clerk"))
    assert (waiting.credit_code, len(waiting.papers)) == (OWNER, 2)
    sheet = papers.hand_over(department=OWNER, by=who("clerk"))
    with pytest.raises(NothingToHand):
        papers.hand_over(department=OWNER, by=who("clerk"))
    assert list(selectors.sheets_to_confirm(who("reviewer"))) == [sheet]
    with pytest.raises(NotFound):
        confirmed(sheet, first, "outsider")
    with pytest.raises(Refused):
        confirmed(sheet, first, "clerk")
    confirmed(sheet, first, "reviewer")
    with pytest.raises(ConfirmedBefore):
        confirmed(sheet, first, "reviewer")
    sheet = PaperSheet.objects.get()
    assert (sheet.handed_by_name, sheet.confirmed_by_name) == ("clerk", "reviewer")
    assert sheet.confirmed_at is not None
    assert sheet.handed_at <= sheet.confirmed_at
    assert [one.pk for one in selectors.missing(who("clerk"))] == [second.pk]


def test_papers_need_a_name_a_number_and_the_person_at_the_window() -> None:
    case = under_review()
    with pytest.raises(NotFound):
        a_paper(case)
    seated()
    with pytest.raises(PaperUnclear):
        a_paper(case, " ")


def test_a_decision_on_paper_is_fetched_once_against_a_name() -> None:
    case, clerk = approved(), who("clerk")
    with pytest.raises(NotFound):
        handing_out.hand_out(case_no=case.case_no, to_name="样例", relation="", by=clerk)
    seated()
    with pytest.raises(ReceiverUnclear):
        handing_out.hand_out(case_no=case.case_no, to_name=" ", relation="", by=clerk)
    handing_out.hand_out(case_no=case.case_no, to_name="样例女儿", relation="女儿", by=clerk)
    with pytest.raises(HandedOutBefore):
        handing_out.hand_out(case_no=case.case_no, to_name="样例", relation="", by=clerk)
    assert case.events.get(kind="handed_out").reason == "样例女儿（女儿）当面领取并签名"


def test_what_is_sent_is_followed_until_it_arrives() -> None:
    case, clerk = approved(), who("clerk")
    seated()
    with pytest.raises(ReceiverUnclear):
        sent(case, "")
    sent(case, "S1")
    assert len(selectors.parcels(clerk)) == 1
    with pytest.raises(NotFound):
        handing_out.note_arrival(case_no=case.case_no, by=who("reviewer"))
    handing_out.note_arrival(case_no=case.case_no, by=clerk)
    with pytest.raises(WrongState):
        handing_out.note_arrival(case_no=case.case_no, by=clerk)
    assert selectors.parcels(clerk) == []


def test_what_comes_back_says_why_and_is_sent_anew_or_fetched() -> None:
    case, clerk = approved(), who("clerk")
    seated()
    sent(case, "S1")
    with pytest.raises(ReturnUnexplained):
        handing_out.note_return(case_no=case.case_no, why=" ", by=clerk)
    handing_out.note_return(case_no=case.case_no, why="电话不通", by=clerk)
    with pytest.raises(WrongState):
        handing_out.note_arrival(case_no=case.case_no, by=clerk)
    page = browser(who("applicant")).get(f"/cases/{case.case_no}/").content.decode()
    assert "退回窗口：电话不通" in page
    sent(case, "S2")
    assert list(case.events.filter(kind="mailed").values_list("reason", flat=True)) != []
    page = browser(who("applicant")).get(f"/cases/{case.case_no}/").content.decode()
    assert all(words in page for words in ("S2", "样例快递", "在路上", "S1"))


def test_the_day_on_which_the_carrier_took_it_is_not_before_the_decision_nor_after_today() -> None:
    case, clerk = approved(), who("clerk")
    seated()
    for days in (-1, 1):
        with pytest.raises(SentOnWrong):
            handing_out.mail(
                case_no=case.case_no, to_name="样例", address="样例路", carrier="样例快递",
                parcel_no="S1", sent_on=clock.today() + timedelta(days=days), by=clerk,
            )  # fmt: skip


def test_before_the_decision_nothing_is_handed_out() -> None:
    case = under_review()
    seated()
    with pytest.raises(WrongState):
        handing_out.hand_out(case_no=case.case_no, to_name="样例", relation="", by=who("clerk"))


def test_a_window_goes_on_when_a_system_is_away_and_says_which_since_when() -> None:
    case = submitted(filled(a_draft()))
    [away] = selectors.outages()
    assert (away.waiting, away.items) == (1, [case.item.name])
    assert away.since == case.events.get(kind="waiting").at
    page = browser(who("clerk")).get("/window/").content.decode()
    assert "照常收件" in page


def test_an_item_is_found_by_its_code_or_by_words_of_one_name_alone() -> None:
    for words in ("S1", "S1 样例事项", "样例事项", " 例事 "):
        assert item_meant(words).code == "S1"
    for words in ("", "月亮", "S9"):
        with pytest.raises(ItemUnclear):
            item_meant(words)
    clerk = browser(who("clerk"))
    clerk.post("/window/guest/typed", {"id_number": NUMBERS["applicant"], "name": "样例applicant"})
    assert clerk.post("/window/", {"item": "月亮"}).status_code == 422
    assert "再从列表里选一个" in clerk.get("/window/?item=月亮").content.decode()


def test_the_pages_of_a_clerk_from_sitting_down_to_the_sheet() -> None:
    clerk = browser(who("clerk"))
    typed = {"id_number": NUMBERS["applicant"], "name": "样例applicant"}
    assert clerk.post("/window/", {"item": "S1"}).status_code == 409
    assert clerk.post("/window/guest/typed", typed | {"name": "某"}).status_code == 404
    assert clerk.post("/window/guest/card").status_code == 503  # no reader is set up here
    assert clerk.post("/window/guest/moon").status_code == 404
    clerk.post("/window/guest/typed", typed)
    page = clerk.get("/window/?item=S1").content.decode()
    assert "60 岁以上" in page
    assert NUMBERS["applicant"] not in page
    where = clerk.post("/window/", {"item": "S1"})["Location"]
    case = answered(Case.objects.get())
    clerk.post(where, SENT)
    clerk.post(f"/cases/{case.case_no}/check/")
    case.refresh_from_db()
    assert case.state == State.UNDER_REVIEW
    base = f"/window/cases/{case.case_no}/"
    assert clerk.post(f"{base}paper", {"name": "样例材料", "copies": "moon"}).status_code == 422
    clerk.post(f"{base}paper", {"name": "样例材料", "copies": "1"})
    assert "样例材料 1 份，复印件" in clerk.get(f"/cases/{case.case_no}/receipt/").content.decode()
    pdf = clerk.get(f"/cases/{case.case_no}/receipt.pdf?large")
    assert pdf["Content-Type"] == "application/pdf"
    sheet = clerk.post("/sheets/", {"department": OWNER})["Location"]
    reviewer = browser(who("reviewer"))
    assert "等您签收" in reviewer.get("/sheets/").content.decode()
    assert 'class="badge"' in reviewer.get("/sheets/").content.decode()
    taken = str(PaperTaken.objects.get().pk)
    reviewer.post(sheet, {"arrived": taken, "note": "样例"})
    assert reviewer.post(sheet, {"arrived": taken}).status_code == 409
    assert "已签收" in clerk.get(sheet).content.decode()
    assert browser(who("outsider")).get(sheet).status_code == 404
    person = browser(who("applicant"))
    assert "受理回执" in person.get(f"/cases/{case.case_no}/receipt/").content.decode()
    assert browser(who("stranger")).get(f"/cases/{case.case_no}/receipt/").status_code == 404
