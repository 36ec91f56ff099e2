"""The reviewer looks (and is seen looking), asks once for what is not held, decides once."""

from datetime import UTC, date, datetime

import pytest

from diebian.base.licences.public import licence_of_case
from diebian.kernel import clock
from diebian.scenes.services import actions, refusals, selectors
from diebian.security.identity.public import Refused
from diebian.security.tracker.public import reads_of
from diebian.standards.deadlines import State as ClockState

from .people import under_review, who

MONDAY = datetime(2026, 9, 28, 1, tzinfo=UTC)  # 09:00 in the city, the week of National Day


def test_looking_at_a_case_is_seen_by_the_person() -> None:
    case = under_review()
    for _ in range(2):
        actions.open_for_review(case_no=case.case_no, by=who("reviewer"))
    [line] = reads_of(person_key=who("applicant").key).lines
    assert (line.reader, line.times, line.case_no) == ("reviewer", 2, case.case_no)
    assert "房屋查询" in line.columns


def test_another_department_neither_looks_nor_decides() -> None:
    case = under_review()
    for username in ("outsider", "applicant", "clerk"):
        with pytest.raises(Refused):
            actions.open_for_review(case_no=case.case_no, by=who(username))
        with pytest.raises(Refused):
            actions.approve(case_no=case.case_no, by=who(username))
    assert licence_of_case(case.case_no) is None


def test_a_supplement_is_asked_once_and_stops_the_clock_over_national_day() -> None:
    with clock.held_at(MONDAY):
        case = under_review()
        actions.ask_supplement(case_no=case.case_no, wanted="请补一张发票", by=who("reviewer"))
    with clock.held_at(datetime(2026, 10, 9, 1, tzinfo=UTC)):
        case.refresh_from_db()
        assert selectors.clock_of(case).state == ClockState.STOPPED
        actions.supply_supplement(case_no=case.case_no, answer="已补", by=who("applicant"))
        told = selectors.clock_of(case)
        assert told.used == 0
        # ten working days after 9 October, the worked Saturday 10 October among them
        assert told.promised_due == date(2026, 10, 22)
        with pytest.raises(refusals.SupplementedBefore):
            actions.ask_supplement(case_no=case.case_no, wanted="再补", by=who("reviewer"))


@pytest.mark.parametrize(
    "words",
    [
        "请提供房屋信息",
        "请上传房本照片",
        "请带上身份证明",
        "请把您的身 份 证 明拍照发来",
        "房本首页和账户信息，下周一前到大厅",
        "请提、供、房屋信息",
    ],
)
def test_what_government_holds_cannot_be_asked_for(words: str) -> None:
    case = under_review()
    with pytest.raises(refusals.HeldAlready):
        actions.ask_supplement(case_no=case.case_no, wanted=words, by=who("reviewer"))


def test_a_paper_that_is_held_is_no_ground_for_a_refusal() -> None:
    case = under_review()
    words = "未提交房本，请带上原件到窗口重新申请"
    with pytest.raises(refusals.HeldAlready):
        actions.refuse(case_no=case.case_no, reason=words, by=who("reviewer"))
    actions.refuse(case_no=case.case_no, reason="房屋不在本市", by=who("reviewer"))


def test_whoever_else_opens_a_page_of_the_case_is_seen_and_the_applicant_is_not() -> None:
    case = under_review()
    for username in ("applicant", "reviewer"):
        page = {"page": "办件进度页", "columns": ["房屋查询"]}
        actions.look_at(case=case, by=who(username), **page)  # type: ignore[arg-type]
    [line] = reads_of(person_key=who("applicant").key).lines
    assert (line.reader, line.resource) == ("reviewer", "办件进度页")


def test_a_question_about_what_is_held_may_be_asked() -> None:
    case = under_review()
    actions.ask_supplement(
        case_no=case.case_no, wanted="房屋信息上的姓名为什么不同，请说明", by=who("reviewer")
    )
    assert case.supplement.wanted.startswith("房屋信息")


def test_refusing_needs_a_reason_and_tells_the_remedy() -> None:
    case = under_review()
    with pytest.raises(refusals.ReasonMissing):
        actions.refuse(case_no=case.case_no, reason=" ", by=who("reviewer"))
    actions.refuse(case_no=case.case_no, reason="不符合条件", by=who("reviewer"))
    assert "行政复议" in case.events.get(kind="decided").reason


def test_an_approval_issues_one_licence_with_the_declared_body() -> None:
    case = under_review()
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    licence = licence_of_case(case.case_no)
    assert licence is not None
    assert '"准予金额（元）":"500.00"' in licence.body
    with pytest.raises(refusals.WrongState):
        actions.approve(case_no=case.case_no, by=who("reviewer"))
