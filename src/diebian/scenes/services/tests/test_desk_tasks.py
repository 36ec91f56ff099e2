"""审核台: what waits, who has it, who is asked, who is urged, and several decided together."""

import pytest
from django.test import Client

from diebian.base.messages.public import unread
from diebian.base.process.public import case_named, desk_tasks, words_asked
from diebian.scenes.services import actions
from diebian.scenes.services.models import Case, State
from diebian.security.identity.public import PLATFORM, register_official
from diebian.security.tracker.public import reads_in
from tests.browsing import browser

from .people import OWNER, WORD, a_draft, answered, filled, submitted, under_review, who


@pytest.fixture(autouse=True)
def _second() -> None:
    register_official(username="second", password=WORD, name="第二人", department=OWNER,
                      posts=["reviewer"], by=PLATFORM)  # fmt: skip


def at(username: str) -> Client:
    return browser(who(username))


def task(username: str = "reviewer") -> str:
    return str(desk_tasks(by=who(username)).lines[0].task)


def act(username: str, case: Case, verb: str, **sent: str) -> str:
    answer = at(username).post(
        f"/desk/tasks/{case.case_no}/{verb}", {"task": task(username), **sent}, follow=True
    )
    return answer.content.decode()


def test_what_one_has_claimed_is_not_in_the_list_of_another_and_is_told_at_the_case() -> None:
    case = under_review()
    assert "您已认领" in act("reviewer", case, "claim")
    assert "没有待办" in at("second").get("/desk/cases/").content.decode()
    page = at("second").get(f"/desk/cases/{case.case_no}/").content.decode()
    assert "reviewer在办这一件" in page
    assert "确定准予" not in page
    answer = at("second").post(f"/desk/cases/{case.case_no}/approve")
    assert (answer.status_code, "reviewer" in answer.content.decode()) == (409, True)
    act("reviewer", case, "release")
    assert case.case_no in at("second").get("/desk/cases/").content.decode()


def test_a_colleague_who_is_handed_it_is_told_and_has_it() -> None:
    case = under_review()
    act("reviewer", case, "delegate", to="second", reason="出差")
    assert "第二人已认领" in at("reviewer").get(f"/desk/cases/{case.case_no}/").content.decode()
    assert [one.title for one in unread("second")] == ["委托您办：样例事项"]
    actions.approve(case_no=case.case_no, by=who("second"))


def test_another_department_is_asked_for_its_word_and_until_then_nothing_is_decided() -> None:
    case = under_review()
    told = act("reviewer", case, "ask", department=who("outsider").department, reason="请看消防")
    assert "还没有答复" in told
    assert at("reviewer").post(f"/desk/cases/{case.case_no}/approve").status_code == 409
    outsider = at("outsider")
    assert "请您会签" in outsider.get("/desk/cases/").content.decode()
    address = f"/desk/words/{case.case_no}/{task('outsider')}/"
    page = outsider.get(address).content.decode()
    assert "请看消防" in page
    assert "500.00" in page  # what was filled in, and the person sees who read it
    assert any(one.reader == "outsider" for one in reads_in(case_no=case.case_no))
    assert outsider.get(f"/desk/cases/{case.case_no}/").status_code == 404
    assert outsider.post(address, {"said": "no", "reason": " "}).status_code == 422
    assert outsider.post(address, {"said": "no", "reason": "通道堵"}).status_code == 302
    assert outsider.get(address).status_code == 404
    [word] = words_asked(case_named(f"case:{case.case_no}").number)
    assert (word.said, word.reason, word.by) == ("不同意", "通道堵", "outsider")
    assert "通道堵" in at("reviewer").get(f"/desk/cases/{case.case_no}/").content.decode()
    actions.refuse(case_no=case.case_no, reason="通道堵", by=who("reviewer"))


def test_whoever_is_not_asked_has_no_word() -> None:
    case = under_review()
    act("reviewer", case, "ask", department=who("outsider").department, reason="请看消防")
    address = f"/desk/words/{case.case_no}/{task('outsider')}/"
    assert at("reviewer").get(address).status_code == 404
    assert at("clerk").get(address).status_code == 403


def test_the_person_who_waits_urges_once_a_day_and_whoever_has_it_reads_the_words() -> None:
    case = under_review()
    act("reviewer", case, "claim")
    person = at("applicant")
    assert "催一催" in person.get(f"/cases/{case.case_no}/").content.decode()
    assert person.post(f"/cases/{case.case_no}/urge", {"words": "等着用"}).status_code == 302
    assert "今天已经催过" in person.get(f"/cases/{case.case_no}/").content.decode()
    assert person.post(f"/cases/{case.case_no}/urge").status_code == 409
    assert ["等着用" in one.body for one in unread("reviewer")] == [True]
    assert not unread("second")
    assert at("stranger").post(f"/cases/{case.case_no}/urge").status_code == 404


def test_nobody_is_urged_while_it_is_the_persons_turn() -> None:
    case = under_review()
    actions.ask_supplement(case_no=case.case_no, wanted="请说明用途", by=who("reviewer"))
    person = at("applicant")
    assert "催一催" not in person.get(f"/cases/{case.case_no}/").content.decode()
    assert person.post(f"/cases/{case.case_no}/urge").status_code == 409
    others = at("reviewer").get("/desk/cases/?of=others").content.decode()
    assert case.case_no in others
    assert "等补正" in others


def test_equal_cases_are_granted_together_and_one_that_cannot_be_keeps_no_other() -> None:
    plain = under_review()
    actions.approve(case_no=plain.case_no, by=who("second"))
    doubtful = submitted(answered(filled(a_draft()), balance="10"))
    third = submitted(answered(filled(a_draft())))
    reviewer = at("reviewer")
    page = reviewer.get("/desk/cases/").content.decode()
    assert f'value="{third.case_no}"' in page
    assert f'value="{doubtful.case_no}"' not in page  # somebody has to look at it
    chosen = [plain.case_no, third.case_no]
    told = reviewer.post("/desk/batch", {"case": chosen}).content.decode()
    assert "准予了 1 件，共选 2 件" in told
    assert "办件已不在这一步" in told
    states = Case.objects.in_bulk([third.case_no], field_name="case_no")
    assert states[third.case_no].state == State.APPROVED
    assert [one.resource for one in reads_in(case_no=third.case_no)] == ["批量审核"]
    assert reviewer.post("/desk/batch").status_code == 422
    assert at("outsider").post("/desk/batch", {"case": [doubtful.case_no]}).status_code == 404


def test_of_two_who_decide_at_once_the_second_reads_who_was_first() -> None:
    case = under_review()
    actions.approve(case_no=case.case_no, by=who("second"))
    answer = at("reviewer").post(f"/desk/cases/{case.case_no}/refuse", {"reason": "不符合"})
    assert answer.status_code == 409
    assert "第二人" in answer.content.decode()


def test_a_page_of_the_list_ends_after_a_task_and_not_at_a_number() -> None:
    case = under_review()
    page = at("reviewer").get("/desk/cases/?after=nonsense").content.decode()
    assert case.case_no in page
    later = at("reviewer").get("/desk/cases/?after=29990101T000000.0_1_1").content.decode()
    assert case.case_no not in later


def test_several_are_handed_to_a_colleague_from_the_list() -> None:
    one, two = under_review(), submitted(answered(filled(a_draft()), balance="10"))
    reviewer = at("reviewer")
    page = reviewer.get("/desk/cases/?of=hand").content.decode()
    assert all(f'value="{case.case_no}"' in page for case in (one, two))  # doubtful ones as well
    chosen = {"verb": "hand", "case": [one.case_no, two.case_no]}
    sent = {**chosen, "to": "second", "reason": "休假"}
    assert "没有办成" in reviewer.post("/desk/batch", {**sent, "reason": " "}).content.decode()
    assert "没有办成" in reviewer.post("/desk/batch", {**sent, "to": "head"}).content.decode()
    told = reviewer.post("/desk/batch", sent).content.decode()
    assert "转出了 2 件，共选 2 件" in told
    assert "没有待办" in reviewer.get("/desk/cases/").content.decode()
    assert len(unread("second")) == 2
    again = reviewer.post("/desk/batch", sent).content.decode()
    assert "转出了 0 件" in again


def test_the_head_gives_to_another_what_one_holds_who_is_ill() -> None:
    case = under_review()
    act("reviewer", case, "claim")
    base = f"/desk/limits/cases/{case.case_no}/"
    page = at("head").get(base).content.decode()
    assert "reviewer已认领" in page
    number = task("reviewer")
    sent = {"task": number, "to": "second", "reason": "病假"}
    address = f"/desk/tasks/{case.case_no}/assign"
    for nobody in ("reviewer", "outsider", "clerk", "applicant"):
        assert at(nobody).post(address, sent).status_code in {403, 404}
    assert at("head").post(address, {**sent, "task": "999"}).status_code == 409
    assert at("head").post(address, {**sent, "to": "outsider"}).status_code == 422
    assert at("head").post(address, sent)["Location"] == base
    assert [one.title for one in unread("second")] == ["转给您办：样例事项"]
    assert [one.title for one in unread("reviewer")] == ["已转给同事办：样例事项"]
    actions.approve(case_no=case.case_no, by=who("second"))
