"""The pages of the line, as browsers without script see them."""

import pytest
from django.test import Client

from diebian.scenes.services.models import Case, State

from .people import NUMBERS, SENT, WORD, a_draft, answered, filled, under_review


def browser(username: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"username": username, "password": WORD})
    return client


def test_only_the_button_begins_a_case() -> None:
    person = browser("applicant")
    assert "开始申请" in person.get("/items/S1/").content.decode()
    assert person.get("/items/S1/apply/").status_code == 302
    assert not Case.objects.exists()
    assert person.post("/items/S1/apply/").status_code == 302
    assert Case.objects.get().state == State.DRAFT


def test_the_filled_form_shows_what_is_held_and_asks_for_the_rest() -> None:
    case = answered(a_draft())
    page = browser("applicant").get(f"/cases/{case.case_no}/form/").content.decode()
    for words in ("样例路 1 号", "86420.15 元", "免提交", 'name="amount"', "1101**********002X"):
        assert words in page
    assert NUMBERS["applicant"] not in page


def test_a_wrong_form_comes_back_with_its_input_and_a_sentence() -> None:
    case = a_draft()
    answer = browser("applicant").post(f"/cases/{case.case_no}/form/", {**SENT, "amount": "许多"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="许多"' in page
    assert 'href="#f-amount"' in page


@pytest.mark.parametrize(
    ("verb", "reason", "kept", "code"),
    [
        ("supplement", "请提供房屋信息", "请提供房屋信息</textarea>", "held_already"),
        ("refuse", "没有交房本原件", "没有交房本原件</textarea>", "held_already"),
        ("refuse", " ", "写给申请人的话", "reason_missing"),
    ],
)
def test_what_a_reviewer_wrote_and_was_refused_stands_where_it_was_written(
    verb: str, reason: str, kept: str, code: str
) -> None:
    case = under_review()
    address = f"/desk/cases/{case.case_no}/{verb}"
    answer = browser("reviewer").post(address, {"reason": reason})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert kept in page
    assert f"services.{code}" in page


def test_a_clerk_who_mistyped_does_not_type_it_all_again() -> None:
    sent = {"item": "S1", "id_number": "110105194912310021", "name": "样例某"}
    answer = browser("clerk").post("/window/", sent)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'value="110105194912310021"' in page
    assert 'value="样例某"' in page
    assert "请核对身份证号和姓名" in page


def test_an_empty_supplement_is_told_to_the_applicant_in_their_own_words() -> None:
    case = under_review()
    browser("reviewer").post(f"/desk/cases/{case.case_no}/supplement", {"reason": "请说明用途"})
    answer = browser("applicant").post(f"/cases/{case.case_no}/supplement", {"answer": "  "})
    assert answer.status_code == 422
    assert "请写下您要补充的内容" in answer.content.decode()


def test_what_a_reviewer_would_ask_is_told_before_it_is_handed_in() -> None:
    case = filled(answered(a_draft(), balance="10"))
    page = browser("applicant").get(f"/cases/{case.case_no}/check/").content.decode()
    assert "这几处审核的人会问" in page
    assert "超过余额" in page


def test_filling_checking_submitting_leads_to_the_tracking_page() -> None:
    case, person = answered(a_draft()), browser("applicant")
    base = f"/cases/{case.case_no}/"
    assert person.post(f"{base}form/", SENT)["Location"] == f"{base}check/"
    assert "500.00" in person.get(f"{base}check/").content.decode()
    assert person.post(f"{base}check/")["Location"] == base
    page = person.get(base).content.decode()
    assert "正在审核" in page
    assert "这件事里谁查过我" in page
    assert person.get(f"{base}form/")["Location"] == base


def test_a_waiting_case_says_so_plainly() -> None:
    case, person = filled(a_draft()), browser("applicant")
    person.post(f"/cases/{case.case_no}/check/")
    page = person.get(f"/cases/{case.case_no}/").content.decode()
    assert "正等部门的系统恢复" in page
    assert "您不用做什么" in page


def test_the_desk_shows_the_case_and_its_clock() -> None:
    case = under_review()
    page = browser("reviewer").get(f"/desk/cases/{case.case_no}/").content.decode()
    for words in ("样例路 1 号", "最晚办结", "准予", "一次告知补正"):
        assert words in page


def test_the_window_receives_and_the_form_speaks_of_the_person() -> None:
    clerk = browser("clerk")
    sent = {"item": "S1", "id_number": NUMBERS["applicant"], "name": "样例applicant"}
    where = clerk.post("/window/", sent)["Location"]
    assert "我们已替样例applicant填好" in clerk.get(where).content.decode()
    assert clerk.post(where, SENT).status_code == 302
    assert clerk.post(where.replace("form", "check")).status_code == 302
    assert Case.objects.get().state == State.RECEIVED
    assert Case.objects.get().case_no in clerk.get("/window/").content.decode()


@pytest.mark.parametrize("username", ["stranger", "outsider", "clerk"])
@pytest.mark.parametrize("place", ["", "form/", "check/"])
def test_another_persons_case_does_not_exist(username: str, place: str) -> None:
    case = under_review()
    assert browser(username).get(f"/cases/{case.case_no}/{place}").status_code == 404
