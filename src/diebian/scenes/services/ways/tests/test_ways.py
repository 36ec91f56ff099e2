"""Items with a way of their own, from the receipt to the decision, by the pages of the desk."""

import re
from datetime import date

import pytest
from django.test import Client

from diebian.base.process.public import NotDeployable, case_named, deploy
from diebian.scenes.services import actions
from diebian.scenes.services.limits.tests.moments import accepted_case, on, told_on
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.tests.people import the_item_says, who
from diebian.scenes.services.ways.loading import FOLDER
from diebian.security.identity.public import PLATFORM
from tests.browsing import browser

from .folder import CITY

DAY = date(2026, 3, 3)
LICENSING = "行政许可"


def a_case(process: str) -> Case:
    the_item_says(process=process, kind=LICENSING)
    return accepted_case()


def page(case: Case, username: str = "reviewer") -> str:
    at = "/cases/" if username == "applicant" else "/desk/cases/"
    return browser(who(username)).get(f"{at}{case.case_no}/").content.decode()


def task_shown(told: str) -> str:
    found = re.search(r'name="task" value="(\d+)"', told)
    assert found is not None
    return found[1]


def step(case: Case, outcome: str, reason: str = "看过现场") -> None:
    post(case, "step", outcome=outcome, reason=reason)


def post(case: Case, verb: str, expected: int = 302, task: str = "", **sent: str) -> str:
    told = {"task": task or task_shown(page(case)), **sent}
    answer = reviewer().post(f"/desk/tasks/{case.case_no}/{verb}", told)
    assert answer.status_code == expected, answer.content.decode()
    case.refresh_from_db()
    return answer.content.decode()


def reviewer() -> Client:
    return browser(who("reviewer"))


def granted(case: Case) -> bool:
    sent = {"task": task_shown(page(case))}
    assert reviewer().post(f"/desk/cases/{case.case_no}/approve", sent).status_code == 302
    case.refresh_from_db()
    return case.state == State.APPROVED and case_named(f"case:{case.case_no}").outcome == "granted"


def test_a_site_is_looked_at_in_time_that_counts_and_a_sample_tested_in_time_that_does_not() -> (
    None
):
    case = a_case("item-site-and-testing")
    with on(DAY):
        assert "先办完“现场核查”" in page(case)
        step(case, "要整改", "通道堵，三天内清开")
        assert case.state == State.UNDER_REVIEW
        assert told_on(case, DAY).open_stop is None
        step(case, "合格", "已清开")
        assert case.state == State.SPECIAL
        stop = told_on(case, DAY).open_stop
        assert stop is not None
        assert (stop.title, stop.told) == ("特别程序：检测", date(2026, 3, 24))
        assert "预计需要 15 个工作日" in page(case, "applicant")
    with on(date(2026, 3, 24)):
        step(case, "合格", "水样合格")
        assert case.state == State.UNDER_REVIEW
        assert granted(case)
    said = page(case, "applicant")
    for words in ("通道堵，三天内清开", "水样合格"):
        assert words in said


def test_experts_judge_twice_and_their_thirty_days_are_not_counted() -> None:
    case = a_case("item-expert-review")
    with on(DAY):
        step(case, "提交评审")
        step(case, "修改后再评", "缺一章")
        step(case, "已改好")
        assert case.state == State.SPECIAL
        step(case, "通过", "一致通过")
        kinds = list(case.events.order_by("pk").values_list("kind", flat=True))
        assert kinds.count("paused") == kinds.count("resumed") == 2
        assert granted(case)


def test_a_hearing_has_the_bound_of_its_law_and_may_end_in_examining_again() -> None:
    case = a_case("item-hearing")
    with on(DAY):
        step(case, "告知听证权利")
        stop = told_on(case, DAY).open_stop
        assert stop is not None
        assert stop.bound is not None
        assert (stop.bound.days, stop.bound.source) == (20, "行政许可法 第四十七条")
        step(case, "要重新审查", "邻居的采光没有算")
        assert case.state == State.UNDER_REVIEW
        step(case, "没有利害关系人")
        step(case, "同意")
        assert granted(case)


def test_a_step_is_sent_back_with_its_reason_and_an_old_page_does_nothing() -> None:
    case = a_case("item-hearing")
    with on(DAY):
        first = task_shown(page(case))
        step(case, "没有利害关系人")
        assert "退回前面一步" in page(case)
        assert "请从这一步列出的结果里选一个" in post(
            case, "back", 422, to="supplement", reason="x"
        )
        post(case, "back", to="examining", reason="图纸换过")
        assert "复核退回审查：图纸换过" in page(case, "applicant")
        assert "您打开这一页以后" in post(case, "step", 409, task=first, outcome="同意", reason="x")
        step(case, "没有利害关系人")
        step(case, "同意")
        assert granted(case)


def test_nothing_is_decided_before_its_step() -> None:
    case = a_case("item-hearing")
    with on(DAY):
        answer = reviewer().post(f"/desk/cases/{case.case_no}/approve")
        assert answer.status_code == 409
        assert "请先办完这一步" in answer.content.decode()
        post(case, "step", 422, outcome="准予", reason="x")
        post(case, "step", 422, outcome="没有利害关系人", reason=" ")
        outsider = browser(who("outsider")).post(
            f"/desk/tasks/{case.case_no}/step",
            {"task": task_shown(page(case)), "outcome": "没有利害关系人", "reason": "x"},
        )
        assert outsider.status_code in {403, 404}


def test_what_runs_keeps_its_way_when_the_item_takes_another() -> None:
    case = a_case("item-hearing")
    the_item_says(process="", kind=LICENSING)
    with on(DAY):
        assert "先办完“审查”" in page(case)
        assert "先办完" not in page(accepted_case())


def test_the_guide_tells_the_steps() -> None:
    the_item_says(process="item-hearing", kind=LICENSING)
    told = browser(who("applicant")).get("/items/S1/").content.decode()
    for words in ("收下以后怎样办", "听证", "最多 20 个工作日，不算在办理时间里", "第四十七条"):
        assert words in told


@pytest.mark.parametrize(
    ("was", "will", "says"),
    [
        ('db:days="20"', 'db:days="21"', "1 到 20 个工作日"),
        ('db:about="hearing"', 'db:about="talk"', "哪一种特别程序"),
        ('name="复核" db:post="reviewer"', 'name="复核" db:post="window_clerk"', "reviewer"),
        ('db:stage="special_procedure"', 'db:stage="asleep"', "stage 只能是"),
        ('db:outcomes="准予,不予,补正,中止"', 'db:outcomes="准予,不予,中止"', "补正"),
    ],
)
def test_a_drawing_that_a_case_could_not_go_by_is_refused_with_its_line(
    was: str, will: str, says: str
) -> None:
    file = (CITY / FOLDER / "item-hearing.bpmn").read_text()
    wrong = file.replace(was, will)
    if says == "补正":
        wrong = re.sub(r'<sequenceFlow id="reviewed-supplement".*\n', "", wrong)
        wrong = re.sub(r'<sequenceFlow id="supplement-review".*\n', "", wrong)
        wrong = re.sub(r'<userTask id="supplement".*\n', "", wrong)
    assert wrong != file
    with pytest.raises(NotDeployable) as refused:
        deploy(file=wrong.encode(), by=PLATFORM)
    assert any(says in one.sentence and one.line for one in refused.value.problems)


def test_an_old_tab_that_grants_is_told_and_shown_what_is_new() -> None:
    the_item_says()
    case = accepted_case()
    with on(DAY):
        old = task_shown(page(case))
        actions.ask_supplement(case_no=case.case_no, wanted="请说明用途", by=who("reviewer"))
        actions.supply_supplement(case_no=case.case_no, answer="自住", by=who("applicant"))
        sent = {"task": old, "reason": "已写好的话"}
        for verb in ("approve", "refuse"):
            answer = reviewer().post(f"/desk/cases/{case.case_no}/{verb}", sent)
            told = answer.content.decode()
            assert answer.status_code == 409
            assert "您打开这一页以后" in told
            assert "自住" in told
        assert "已写好的话</textarea>" in told
        assert granted(case)
