"""An extension: asked by the reviewer, decided by the head, once; a late decision says why."""

from datetime import date
from typing import Any

import pytest

from diebian.base.messages.public import unread
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.limits import extending, refusals
from diebian.scenes.services.limits.selectors import extensions_to_decide
from diebian.scenes.services.models import Extension
from diebian.scenes.services.refusals import OverrunUnexplained, ReasonMissing
from diebian.scenes.services.tests.people import OTHER, WORD, the_item_says, who
from diebian.security.identity.public import PLATFORM, Refused, register_official
from tests.browsing import browser

from .moments import PROMISED, accepted_case, on, told_on

DAY = date(2026, 3, 20)
ASKED: dict[str, Any] = {"days": 10, "reason": "要核对三个县的登记"}


def test_the_head_agrees_and_the_end_moves_once_with_the_reason() -> None:
    case = accepted_case()
    with on(DAY):
        extending.ask_extension(case_no=case.case_no, **ASKED, by=who("reviewer"))
        assert told_on(case, DAY).extended == 0
        assert [one.case for one in extensions_to_decide(who("head"))] == [case]
        assert "请您决定" in unread("head").get().body
        extending.grant_extension(case_no=case.case_no, by=who("head"))
        with pytest.raises(refusals.ExtendedBefore):
            extending.ask_extension(case_no=case.case_no, **ASKED, by=who("reviewer"))
        with pytest.raises(NotFound):
            extending.grant_extension(case_no=case.case_no, by=who("head"))
    told = told_on(case, DAY)
    assert told.statutory_due == date(2026, 4, 14)  # 6 April is 清明
    assert told.promised_due == PROMISED  # what was promised stays promised
    reason = case.events.get(kind="extended").reason
    assert "要核对三个县的登记" in reason
    assert "行政许可法 第四十二条" in reason


def test_nobody_but_the_head_of_the_department_decides_and_not_about_their_own_wish() -> None:
    case = accepted_case()
    with on(DAY):
        extending.ask_extension(case_no=case.case_no, **ASKED, by=who("reviewer"))
        for username in ("reviewer", "outsider", "supervisor", "applicant"):
            with pytest.raises(Refused):
                extending.grant_extension(case_no=case.case_no, by=who(username))
        Extension.objects.update(asked_by=who("head").key)
        with pytest.raises(refusals.OwnRequest):
            extending.grant_extension(case_no=case.case_no, by=who("head"))


def test_what_is_handled_jointly_is_extended_by_the_head_of_the_government() -> None:
    register_official(username="mayor", password=WORD, name="样例负责人", department=OTHER,
                      posts=["mayor"], by=PLATFORM)  # fmt: skip
    the_item_says(is_joint=True, kind="行政许可")
    case = accepted_case()
    assert told_on(case, DAY).statutory_due == date(2026, 5, 8)  # 45 days with two feasts between
    with on(DAY):
        with pytest.raises(refusals.DaysWrong):
            extending.ask_extension(case_no=case.case_no, days=16, reason="x", by=who("reviewer"))
        extending.ask_extension(case_no=case.case_no, days=15, reason="联合", by=who("reviewer"))
        assert not unread("head")
        [notice] = unread("mayor")
        with pytest.raises(Refused):
            extending.grant_extension(case_no=case.case_no, by=who("head"))
        mayor = browser(who("mayor"))
        assert "同意延长 15 个工作日" in mayor.get(notice.link).content.decode()
        assert mayor.post(f"{notice.link}grant").status_code == 302
    assert told_on(case, DAY).statutory_due == date(2026, 5, 28)  # 9 May is worked
    assert "经本级政府负责人样例负责人同意" in case.events.get(kind="extended").reason


def test_what_was_declined_moves_nothing_and_may_be_asked_again() -> None:
    case = accepted_case()
    with on(DAY):
        extending.ask_extension(case_no=case.case_no, **ASKED, by=who("reviewer"))
        with pytest.raises(ReasonMissing):
            extending.decline_extension(case_no=case.case_no, answer=" ", by=who("head"))
        extending.decline_extension(case_no=case.case_no, answer="来得及", by=who("head"))
        assert told_on(case, DAY).extended == 0
        extending.ask_extension(case_no=case.case_no, **ASKED, by=who("reviewer"))
    assert not case.events.filter(kind="extended").exists()


def test_an_extension_is_neither_longer_than_the_law_nor_asked_too_late() -> None:
    case = accepted_case()
    with on(DAY), pytest.raises(refusals.DaysWrong):
        extending.ask_extension(case_no=case.case_no, days=11, reason="长", by=who("reviewer"))
    with on(date(2026, 3, 31)), pytest.raises(refusals.ExtensionTooLate):
        extending.ask_extension(case_no=case.case_no, **ASKED, by=who("reviewer"))


def test_where_the_licensing_law_does_not_hold_nothing_is_extended() -> None:
    the_item_says(statutory_days=30)
    case = accepted_case()
    with on(DAY), pytest.raises(refusals.NoExtension):
        extending.ask_extension(case_no=case.case_no, **ASKED, by=who("reviewer"))


def test_what_was_asked_in_time_is_not_agreed_to_after_the_last_day() -> None:
    case = accepted_case()
    with on(DAY):
        extending.ask_extension(case_no=case.case_no, **ASKED, by=who("reviewer"))
    with on(date(2026, 3, 31)), pytest.raises(refusals.ExtensionTooLate):
        extending.grant_extension(case_no=case.case_no, by=who("head"))


def test_a_decision_after_the_promised_day_needs_a_reason_that_the_person_sees() -> None:
    case = accepted_case()
    overrun = actions.Overrun("others", "等住建部门的答复")
    with on(date(2026, 3, 17)):
        for told in (actions.Overrun(), actions.Overrun("others", " "), actions.Overrun("x", "y")):
            with pytest.raises(OverrunUnexplained):
                actions.approve(case_no=case.case_no, overrun=told, by=who("reviewer"))
        actions.approve(case_no=case.case_no, overrun=overrun, by=who("reviewer"))
    event = case.events.get(kind="overran")
    assert (event.cause, event.reason) == ("others", "等住建部门的答复")


def test_a_decision_on_the_promised_day_needs_none() -> None:
    case = accepted_case()
    with on(PROMISED):
        actions.refuse(case_no=case.case_no, reason="不符合条件", by=who("reviewer"))
    assert not case.events.filter(kind="overran").exists()
