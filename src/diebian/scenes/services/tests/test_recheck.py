"""A value that a department gave is doubted; put right at the source, it is asked for again.

That the department's system is really asked stands in the tests of the platform; here the answer
is put in as the gateway would return it.
"""

import pytest

from diebian.base.exchange.public import Answer
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.actions.fetching import keep_again
from diebian.scenes.services.models import CaseEvent
from diebian.security.identity.public import PLATFORM, Refused

from .people import HOUSE, a_draft, answered, filled, submitted, under_review, who


def test_a_new_answer_takes_the_place_of_the_old_and_the_doubts_follow() -> None:
    case = submitted(answered(filled(a_draft()), house={"free": "0"}))
    assert case.attention == "房屋有抵押"
    _right(case.case_no, HOUSE)
    case.refresh_from_db()
    assert case.attention == ""
    assert [row["free"] for row in case.fetched.get(resource="house").rows] == ["1"]
    event = CaseEvent.objects.filter(case=case, kind="corrected").get()
    assert event.reason == "“坐落”已由提供部门改正，已重新查询"


def test_a_decided_case_goes_to_a_person_and_stays_as_it_was() -> None:
    case = under_review()
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    actions.recheck(case_no=case.case_no, resource="house", item="坐落", by=PLATFORM)
    case.refresh_from_db()
    assert case.state == "approved"
    event = CaseEvent.objects.filter(case=case, kind="corrected").get()
    assert "请核对决定是否受影响" in event.reason


def test_a_withdrawn_case_is_left_in_peace() -> None:
    case = under_review()
    actions.withdraw(case_no=case.case_no, by=who("applicant"))
    actions.recheck(case_no=case.case_no, resource="house", item="坐落", by=PLATFORM)
    assert not CaseEvent.objects.filter(case=case, kind="corrected").exists()


def test_only_who_sees_the_case_doubts_it_and_only_what_it_shows() -> None:
    case = under_review()
    told = {"case": case, "ask": "house", "label": "坐落", "says": "应是 2 号"}
    with pytest.raises(Refused):
        actions.doubt(**told, by=who("stranger"))  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        actions.doubt(**{**told, "label": "没有这一项"}, by=who("applicant"))  # type: ignore[arg-type]
    with pytest.raises(Refused):
        actions.recheck(case_no=case.case_no, resource="house", item="坐落", by=who("reviewer"))


def _right(case_no: str, row: dict[str, str]) -> None:
    answer = Answer("again", found=True, rows=[row])
    says = "“坐落”已由提供部门改正"
    keep_again(case_no=case_no, resource="house", answer=answer, by=PLATFORM, says=says)
