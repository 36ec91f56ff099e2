"""The pages of the clock, as browsers without script see them."""

import re
from datetime import date

import pytest
from django.test import Client

from diebian.scenes.services.limits import carded
from diebian.scenes.services.limits.extending import ask_extension
from diebian.scenes.services.limits.stopping import begin_special_procedure
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.tests.people import under_review, who
from tests.browsing import browser

from .moments import PROMISED, accepted_case, on

SPECIAL = {"cause": "hearing", "days": "10", "why": "申请人要求听证", "from": "desk"}


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def stopped_case() -> Case:
    case = accepted_case()
    with on(date(2026, 3, 4)):
        begin_special_procedure(
            case_no=case.case_no, procedure="hearing", days=10, why="当事人要求", by=who("reviewer")
        )
    return case


def test_the_reviewer_stops_the_clock_from_the_desk_and_lets_it_go_on() -> None:
    case = accepted_case()
    base = f"/desk/limits/cases/{case.case_no}/"
    with on(date(2026, 3, 4)):
        desk = browser(who("reviewer"))
        assert "进入特别程序" in page(desk, f"/desk/cases/{case.case_no}/")
        assert desk.post(f"{base}special", SPECIAL)["Location"] == f"/desk/cases/{case.case_no}/"
        told = page(desk, f"/desk/cases/{case.case_no}/")
        for words in ("特别程序：听证", "结束特别程序", "告知的是到 3 月 18 日（周三）"):
            assert words in told
        desk.post(f"{base}special-end", {"why": "笔录已送达", "from": "desk"})
    case.refresh_from_db()
    assert case.state == State.UNDER_REVIEW


def test_what_was_wrong_stands_where_it_was_written() -> None:
    case = accepted_case()
    with on(date(2026, 3, 4)):
        answer = browser(who("reviewer")).post(
            f"/desk/limits/cases/{case.case_no}/special", SPECIAL | {"days": "99"}
        )
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "申请人要求听证</textarea>" in told
    assert "请填写需要的工作日数" in told


def test_the_head_finds_what_waits_and_decides() -> None:
    case = accepted_case()
    with on(date(2026, 3, 20)):
        ask_extension(case_no=case.case_no, days=10, reason="要核对", by=who("reviewer"))
        head = browser(who("head"))
        assert "等您决定的延长" in page(head, "/desk/limits/")
        address = f"/desk/limits/cases/{case.case_no}/"
        assert "同意延长 10 个工作日" in page(head, address)
        assert head.post(f"{address}grant")["Location"] == address
        assert "法定时间延长了 10 个工作日" in page(head, address)


def test_the_person_reads_why_the_clock_stands_and_until_when() -> None:
    case = stopped_case()
    with on(date(2026, 3, 9)):
        told = page(browser(who("applicant")), f"/cases/{case.case_no}/")
    for words in (
        "时钟已停",
        "特别程序：听证",
        "3 月 18 日",
        "行政许可法 第四十七条",
        "当事人要求",
    ):
        assert words in told
    assert "黄牌" not in told


def test_a_late_decision_asks_for_its_reason_on_the_desk_and_keeps_what_was_typed() -> None:
    case = accepted_case()
    address = f"/desk/cases/{case.case_no}/approve"
    with on(date(2026, 3, 17)):
        desk = browser(who("reviewer"))
        assert "超时的原因" in page(desk, f"/desk/cases/{case.case_no}/")
        answer = desk.post(address, {"overrun": "", "overrun_words": "等了住建"})
        assert answer.status_code == 422
        assert "等了住建</textarea>" in answer.content.decode()
        desk.post(address, {"overrun": "others", "overrun_words": "等了住建"})
    case.refresh_from_db()
    assert case.state == State.APPROVED


def test_the_rate_opens_into_cases_and_cards_are_listed() -> None:
    case = accepted_case()
    with on(PROMISED):
        head = browser(who("head"))
        assert "黄牌 1 件" in page(head, "/desk/limits/")
        browser(who("reviewer")).post(f"/desk/cases/{case.case_no}/approve")
        told = page(head, "/desk/limits/?month=2026-03")
        assert "100.0%" in told
        assert case.case_no in page(head, "/desk/limits/items/S1/?month=2026-03")
        assert "这个月没有办结的" in page(head, "/desk/limits/?month=2026-02")
        assert head.get("/desk/limits/?month=quatsch").status_code == 200


def test_a_day_in_a_year_without_a_notice_is_told_as_provisional() -> None:
    with on(date(2026, 12, 28)):
        case = under_review()
        told = page(browser(who("applicant")), f"/cases/{case.case_no}/")
    assert "放假安排还没有公布，暂定" in told


def test_cards_are_read_page_by_page_each_case_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carded, "SHOWN", 2)
    cases = {accepted_case().case_no for _ in range(5)}
    with on(PROMISED):
        head, address, seen = browser(who("head")), "/desk/limits/", list[str]()
        while address:
            told = page(head, address)
            assert "黄牌 5 件" in told
            seen += [one for one in cases if one in told]
            found = re.search(r'href="(\?yellow=[^"#]+)', told)
            address = f"/desk/limits/{found[1]}" if found else ""
        assert sorted(seen) == sorted(cases)
        beyond = page(head, "/desk/limits/?yellow=2999-01-01_9")
        assert "后面没有了" in beyond
        for forged in ("quatsch", "2026-03-16_" + "9" * 40, "2026-03-16_x"):
            assert head.get("/desk/limits/", {"yellow": forged}).status_code == 200
