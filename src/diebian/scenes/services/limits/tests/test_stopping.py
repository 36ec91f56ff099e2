"""Special procedures and suspension: who may, what the person is told, what the clock does."""

from datetime import date
from typing import Any

import pytest

from diebian.scenes.services import actions
from diebian.scenes.services.limits import refusals, stopping
from diebian.scenes.services.models import State
from diebian.scenes.services.refusals import ReasonMissing, WrongState
from diebian.scenes.services.tests.people import the_item_says, who
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import Refused
from diebian.standards.deadlines import Card
from diebian.standards.deadlines import State as ClockState
from diebian.standards.procedures import Ground, Procedure

from .moments import ACCEPTED, PROMISED, STATUTORY, accepted_case, on, told_on

SPECIAL: dict[str, Any] = {"procedure": Procedure.HEARING, "days": 10, "why": "申请人要求听证"}
SUSPENSION: dict[str, Any] = {
    "ground": Ground.COURT,
    "days": 10,
    "why": "权属正在诉讼",
    "basis": "样例条例第三条",
}


def test_a_hearing_stops_the_clock_and_the_person_is_told_how_long_and_why() -> None:
    case = accepted_case()
    with on(date(2026, 3, 4)):
        stopping.begin_special_procedure(case_no=case.case_no, **SPECIAL, by=who("reviewer"))
    told = told_on(case, date(2026, 3, 18))
    assert (case.state, told.state, told.used) == (State.SPECIAL, ClockState.STOPPED, 2)
    reason = case.events.get(kind="paused").reason
    for words in ("申请人要求听证", "10 个工作日", "3 月 18 日", "行政许可法 第四十五条"):
        assert words in reason
    assert "services.case.paused" in actions_on(f"case:{case.case_no}")
    with on(date(2026, 3, 18)):
        stopping.end_special_procedure(
            case_no=case.case_no, outcome="听证笔录已送达", by=who("reviewer")
        )
    assert told_on(case, date(2026, 3, 18)).promised_due == date(2026, 3, 30)


def test_only_the_reviewer_of_the_department_begins_and_ends_a_procedure() -> None:
    case = accepted_case()
    with on(ACCEPTED):
        for username in ("outsider", "applicant", "clerk", "head", "supervisor"):
            with pytest.raises(Refused):
                stopping.begin_special_procedure(case_no=case.case_no, **SPECIAL, by=who(username))
        stopping.begin_special_procedure(case_no=case.case_no, **SPECIAL, by=who("reviewer"))
        with pytest.raises(WrongState):
            stopping.begin_special_procedure(case_no=case.case_no, **SPECIAL, by=who("reviewer"))
        with pytest.raises(WrongState):
            actions.approve(case_no=case.case_no, by=who("reviewer"))
        with pytest.raises(Refused):
            stopping.end_special_procedure(case_no=case.case_no, outcome="好", by=who("outsider"))


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"procedure": "lunch"}, refusals.CauseUnknown),
        ({"days": 0}, refusals.DaysWrong),
        ({"days": 21}, refusals.DaysWrong),  # 第四十七条: twenty
        ({"why": "  "}, ReasonMissing),
    ],
)
def test_a_procedure_without_kind_days_or_reason_is_refused(
    wrong: dict[str, Any], refusal: type[Exception]
) -> None:
    case = accepted_case()
    with on(ACCEPTED), pytest.raises(refusal):
        stopping.begin_special_procedure(
            case_no=case.case_no, **{**SPECIAL, **wrong}, by=who("reviewer")
        )
    case.refresh_from_db()
    assert case.state == State.UNDER_REVIEW


def test_where_the_licensing_law_does_not_hold_the_article_is_named() -> None:
    the_item_says(statutory_days=30)
    case = accepted_case()
    with on(ACCEPTED):
        with pytest.raises(refusals.BasisMissing):
            stopping.begin_special_procedure(case_no=case.case_no, **SPECIAL, by=who("reviewer"))
        stopping.begin_special_procedure(
            case_no=case.case_no, **SPECIAL, basis="样例条例第九条", by=who("reviewer")
        )
    assert "样例条例第九条" in case.events.get(kind="paused").reason


def test_the_head_suspends_and_resumes_and_nobody_else() -> None:
    case = accepted_case()
    with on(date(2026, 3, 4)):
        for username in ("reviewer", "outsider", "supervisor"):
            with pytest.raises(Refused):
                stopping.suspend(case_no=case.case_no, **SUSPENSION, by=who(username))
        with pytest.raises(refusals.BasisMissing):
            stopping.suspend(case_no=case.case_no, **SUSPENSION | {"basis": ""}, by=who("head"))
        stopping.suspend(case_no=case.case_no, **SUSPENSION, by=who("head"))
        with pytest.raises(Refused):
            stopping.resume(case_no=case.case_no, why="判决已生效", by=who("reviewer"))
    with on(date(2026, 3, 11)):
        stopping.resume(case_no=case.case_no, why="判决已生效", by=who("head"))
    told = told_on(case, date(2026, 3, 11))
    assert case.state == State.UNDER_REVIEW
    assert told.promised_due == date(2026, 3, 23)  # five working days later


def test_a_stop_that_begins_after_the_last_day_saves_nobody_from_the_red_card() -> None:
    case = accepted_case()
    with on(date(2026, 4, 1)):
        stopping.begin_special_procedure(case_no=case.case_no, **SPECIAL, by=who("reviewer"))
    told = told_on(case, date(2026, 4, 2))
    assert (told.promised_due, told.statutory_due) == (PROMISED, STATUTORY)
    assert told.card == Card.RED


def test_a_person_may_withdraw_while_the_clock_stands() -> None:
    case = accepted_case()
    with on(ACCEPTED):
        stopping.begin_special_procedure(case_no=case.case_no, **SPECIAL, by=who("reviewer"))
        actions.withdraw(case_no=case.case_no, by=who("applicant"))
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN
