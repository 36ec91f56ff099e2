"""一件事 from the guide to its end: chosen, filled once, one receipt; each department has its own
case, one refusal sinks only what needs it, one member is taken back while the others go on."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from diebian.base.messages.public import unread
from diebian.base.process.public import cases_called_by, decisions_of, places_of
from diebian.base.process.work.carrying import work_through
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.applications import actions as applying
from diebian.scenes.services.applications.gathering import WINDOW, tell_supplements
from diebian.scenes.services.applications.refusals import NotRunning, ThemeChanged
from diebian.scenes.services.items.facts import FormField, ItemFacts, Situation
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.models import Case
from diebian.scenes.services.rating_models import Rating
from diebian.scenes.services.ratings.actions import rate
from diebian.scenes.services.ratings.refusals import RatedBefore
from diebian.scenes.services.refusals import (
    AnswerMissing,
    MemberDone,
    MemberUnknown,
    QuestionsOpen,
)
from diebian.scenes.services.tests.people import NUMBERS, OTHER, OWNER, set_the_scene, who
from diebian.scenes.services.themes.actions import compile_themes
from diebian.scenes.services.themes.models import Application, Theme
from diebian.security.identity.public import PLATFORM, department_keys
from tests.browsing import browser

pytestmark = pytest.mark.django_db
MEMBERS: dict[str, list[str]] = {"A": [], "B": ["A"], "C": ["A"], "D": ["C"]}
OWNERS = {"A": OWNER, "B": OTHER, "C": OWNER, "D": OTHER}
MARRIED = Situation("结婚", "您结婚了吗？", ("已婚", "未婚"))
SAME = Situation("婚姻状况", "您结婚了吗", ("未婚", "已婚"))
FIELDS = {
    "A": (FormField("店名"),),
    "B": (FormField("店名"), FormField("配偶姓名", when={"结婚": ("已婚",)})),
    "C": (FormField("面积"),),
    "D": (),
}
ASKS = {"B": (MARRIED,), "D": (SAME,)}
SENT = {"f1": "样例小店", "f3": "30", "statement": "on"}  # of somebody who is not married


@pytest.fixture(autouse=True)
def _theme(db: None) -> None:  # noqa: ARG001  asked for, so that there is one
    set_the_scene()
    take_in(
        [
            Wanted(
                code,
                ItemFacts(
                    f"样例{code}", "公共服务", owner, promised_days=3, objects=("自然人",),
                    fields=FIELDS[code], situations=ASKS.get(code, ()),
                ),
                None,
            )
            for code, owner in OWNERS.items()
        ],
        department_keys(),
    )  # fmt: skip
    places = [{"code": code, "after": after} for code, after in MEMBERS.items()]
    Theme.objects.create(code="OT1", name="样例一件事", kind="cross", objects_of="自然人",
                         department_id=department_keys()[OWNER], places=places)  # fmt: skip
    compile_themes(by=PLATFORM)


def drafted(*members: str) -> Application:
    return applying.begin(theme_code="OT1", members=members or tuple(MEMBERS),
                          sent={"结婚": "未婚"}, by=who("applicant"))  # fmt: skip


def opened(*members: str) -> Application:
    """Handed in, and its first cases opened."""
    number, by = drafted(*members).number, who("applicant")
    told = [one for part in members or MEMBERS for one in FIELDS[part]]
    wanted = {"f1": "店名", "f3": "面积"}
    sent = {name: SENT[name] for name, label in wanted.items()
            if any(one.label == label for one in told)}  # fmt: skip
    applying.fill(number=number, sent={**sent, "statement": "on"}, by=by)
    made = applying.submit(number=number, by=by)
    work_through()
    return made


def waiting() -> set[str]:
    """Members whose departments have them before them."""
    return set(Case.objects.filter(state="under_review").values_list("item__code", flat=True))


def case_of(member: str) -> Case:
    return Case.objects.get(item__code=member)


def decide(member: str, reason: str = "") -> None:
    """By its own department, at its own desk; with a reason it is refused."""
    by = who("reviewer" if OWNERS[member] == OWNER else "outsider")
    if reason:
        actions.refuse(case_no=case_of(member).case_no, reason=reason, by=by)
    else:
        actions.approve(case_no=case_of(member).case_no, by=by)
    work_through()


def came_to(of: Application) -> dict[str, str]:
    told = decisions_of(of.runs_as or 0).filter(element__startswith="member_")
    return {one.element.removeprefix("member_"): one.outcome for one in told}


def state_of(of: Application) -> str:
    return Application.objects.get(pk=of.pk).state


def page(of: Application, path: str = "", username: str = "applicant", **sent: Any) -> HttpResponse:
    client, address = browser(who(username)), f"/together/{of.number}/{path}"
    answer: Any = client.post(address, sent) if sent else client.get(address)
    return answer  # type: ignore[no-any-return]


def track(of: Application) -> str:
    return page(of).content.decode()


def test_by_page_from_the_guide_to_the_receipt_without_a_script() -> None:
    client = browser(who("applicant"))
    guide = client.get("/themes/OT1/?member=A&member=B&member=D").content.decode()
    assert "一次申请 3 项" in guide
    begun = client.post("/themes/OT1/apply/", {"member": ["A", "B", "D"]}, follow=True)
    assert begun.redirect_chain[-1][0].endswith("/choose/")  # a question is not answered yet
    assert begun.content.decode().count("您结婚了吗") == 1
    made = Application.objects.get()
    assert page(made, "choose/", member=["A", "B"]).status_code == 409
    chosen = page(made, "choose/", member=["A", "B"], 结婚="已婚")
    assert chosen["Location"].endswith("/form/")
    form = page(made, "form/").content.decode()
    assert form.count("店名") == 1
    assert "配偶姓名" in form
    assert page(made, "form/", f1="样例小店").status_code == 422  # the rest is missing
    sent = {"f1": "样例小店", "f2": "样例", "statement": "on"}
    assert page(made, "form/", **sent)["Location"].endswith("/check/")
    assert "样例小店" in page(made, "check/").content.decode()
    assert page(made, "check/", go="1")["Location"].endswith("/receipt/")
    assert page(made, "check/", go="1")["Location"].endswith("/receipt/")  # sent twice, it is one
    receipt = page(made, "receipt/").content.decode()
    assert made.number in receipt
    assert receipt.count("最晚") >= 2
    work_through()
    told = track(made)
    assert "等“样例A”准予后自动开始" in told
    assert Case.objects.get().chosen == {}
    mine = client.get("/me/cases/").content.decode()
    assert "样例一件事" in mine
    assert f"/cases/{case_of('A').case_no}/" in mine


def test_what_can_run_at_the_same_time_does_and_all_is_told_at_the_end() -> None:
    made = opened()
    assert waiting() == {"A"}
    decide("A")
    assert waiting() == {"B", "C"}
    decide("C")
    assert waiting() == {"B", "D"}
    decide("B")
    decide("D")
    assert came_to(made) == dict.fromkeys("ABCD", "granted")
    assert places_of(made.runs_as or 0) == []
    assert state_of(made) == "all_done"
    assert any("都办成了" in one.title for one in unread(who("applicant").key))


def test_who_begins_again_finds_what_was_answered() -> None:
    """The guide sends no answers where nothing was chosen on it: a draft is not emptied by that."""
    first = drafted()
    again = applying.begin(theme_code="OT1", members=tuple(MEMBERS), sent={}, by=who("applicant"))
    assert (again.number, again.answers) == (first.number, {"结婚": "未婚"})
    other = {"结婚": "已婚"}
    again = applying.begin(
        theme_code="OT1", members=tuple(MEMBERS), sent=other, by=who("applicant")
    )
    assert again.answers == other


def test_each_department_is_told_its_own_lines_and_answers_and_nothing_of_the_others() -> None:
    made = opened()
    decide("A")
    decide("C")
    told = {one.item.code: (one.form, one.chosen) for one in made.cases.select_related("item")}
    assert told == {
        "A": ({"店名": "样例小店"}, {}),
        "B": ({"店名": "样例小店"}, {"结婚": "未婚"}),
        "C": ({"面积": "30"}, {}),
        "D": ({}, {"婚姻状况": "未婚"}),
    }
    keys = {one.business_key for one in cases_called_by(made.runs_as or 0)}
    assert keys == {f"case:{case_of(one).case_no}" for one in "ABCD"}


def test_one_refusal_sinks_only_what_needs_it_and_is_said() -> None:
    made = opened()
    assert "0 / 4 项" in track(made)
    decide("A")
    decide("C", "样例理由")
    assert "3 / 4 项" in track(made)
    assert "要用“样例C”的结果，它没有办成" in track(made)
    decide("B")
    assert came_to(made) == {"A": "granted", "B": "granted", "C": "refused", "D": "lapsed"}
    assert any("样例D" in one.body for one in unread(who("applicant").key))
    assert state_of(made) == "partly_done"


def test_what_was_not_chosen_holds_nobody_up() -> None:
    made = opened("D", "B")
    assert waiting() == {"B", "D"}
    decide("B")
    decide("D")
    assert came_to(made) == {"A": "unchosen", "B": "granted", "C": "unchosen", "D": "granted"}
    assert state_of(made) == "all_done"


def test_one_member_is_taken_back_before_or_after_it_began_while_the_others_go_on() -> None:
    made, by = opened(), who("applicant")
    applying.withdraw_member(number=made.number, member="B", by=by)
    with pytest.raises(MemberDone):
        applying.withdraw_member(number=made.number, member="B", by=by)
    decide("A")
    assert waiting() == {"C"}
    page(made, "withdraw", member="C")
    work_through()
    assert came_to(made) == {
        "A": "granted", "B": "unchosen", "C": "withdrawn", "D": "lapsed",
    }  # fmt: skip
    assert track(made).count("已撤回") >= 2


def test_all_is_taken_back_and_what_is_granted_stays() -> None:
    made, by = opened(), who("applicant")
    decide("A")
    applying.withdraw_all(number=made.number, by=by)
    work_through()
    assert state_of(made) == "partly_done"
    assert {one.item.code: one.state for one in made.cases.select_related("item")} == {
        "A": "approved", "B": "withdrawn", "C": "withdrawn",
    }  # fmt: skip
    with pytest.raises(NotRunning):
        applying.withdraw_all(number=made.number, by=by)


def test_what_several_departments_ask_is_answered_on_one_page() -> None:
    made = opened()
    decide("A")
    ask("B", "outsider")
    ask("C", "reviewer")
    assert "2 个部门要补的，一次看全" in track(made)
    with pytest.raises(AnswerMissing):
        applying.supply_supplements(number=made.number, sent={}, by=who("applicant"))
    page(made, "supplement", **{case_of("B").case_no: "样例补充"})
    assert waiting() == {"B"}
    assert "请您补充 1 项" in track(made)


def ask(member: str, username: str) -> None:
    actions.ask_supplement(case_no=case_of(member).case_no, wanted="样例照片", by=who(username))


def test_what_several_departments_ask_is_told_in_one_notice() -> None:
    opened()
    decide("A")
    ask("B", "outsider")
    assert tell_supplements(by=PLATFORM) == 0  # the other one may still ask
    ask("C", "reviewer")
    assert [tell_supplements(by=PLATFORM) for _ in range(2)] == [1, 0]
    [told] = [one for one in unread(who("applicant").key) if "请您补充" in one.title]
    assert told.body.count("样例照片") == 2


def test_one_department_alone_is_not_waited_for_longer_than_the_window() -> None:
    opened()
    decide("A")
    ask("B", "outsider")
    with clock.held_at(clock.now() + WINDOW):
        assert tell_supplements(by=PLATFORM) == 1


def test_all_that_is_decided_is_rated_once_each() -> None:
    made = opened("B", "D")
    decide("B")
    decide("D", "样例理由")
    by = who("applicant")
    rate(case_no=case_of("B").case_no, grade=5, by=by)
    page(made, "rate", grade="2")
    told = Rating.objects.values_list("invitation__case__item__code", "grade")
    assert dict(told) == {"B": 5, "D": 2}
    with pytest.raises(RatedBefore):
        applying.rate_all(number=made.number, grade=5, words="", by=by)


def test_only_the_applicant_and_the_clerk_who_receives_see_it() -> None:
    made = opened()
    for username in ("stranger", "reviewer", "clerk"):
        assert page(made, username=username).status_code == 404
    with pytest.raises(NotFound):
        applying.withdraw_member(number=made.number, member="B", by=who("stranger"))
    with pytest.raises(MemberUnknown):
        applying.withdraw_member(number=made.number, member="Z", by=who("applicant"))
    with pytest.raises(MemberUnknown):
        drafted("A", "Z")


def test_what_is_begun_at_the_window_goes_on_at_home_in_the_same_name() -> None:
    clerk = browser(who("clerk"))
    sent = {"theme": "OT1", "id_number": NUMBERS["applicant"], "name": "样例applicant"}
    assert clerk.post("/window/themes/", {**sent, "name": "别人"}).status_code == 404
    clerk.post("/window/guest/typed", sent)  # sits down: is not typed a second time
    assert "样例applicant，" in clerk.get("/window/themes/").content.decode()
    begun = clerk.post("/window/themes/", {"theme": "OT1"}, follow=True)
    assert "样例applicant要办哪几项" in begun.content.decode()
    made = Application.objects.get()
    assert made.number in clerk.get("/window/themes/").content.decode()
    assert drafted().number == made.number  # the same draft


def test_a_draft_follows_the_guide_and_lapses_after_a_day() -> None:
    draft, by = drafted(), who("applicant")
    applying.fill(number=draft.number, sent=SENT, by=by)
    Theme.objects.update(places=[{"code": "A", "after": []}, {"code": "B", "after": []}])
    compile_themes(by=PLATFORM)
    with pytest.raises(ThemeChanged):
        applying.submit(number=draft.number, by=by)
    assert "刚刚更新" in page(draft, "check/", go="1").content.decode()
    applying.choose(number=draft.number, members=["B"], sent={}, by=by)
    with pytest.raises(QuestionsOpen):
        applying.submit(number=draft.number, by=by)
    with clock.held_at(clock.now() + timedelta(days=2)):
        assert applying.lapse_drafts(by=PLATFORM) == 1
    assert (state_of(draft), Application.objects.get().answers) == ("lapsed", {})


def test_a_running_case_keeps_the_version_that_it_began_with() -> None:
    made = opened()
    Theme.objects.update(places=[{"code": "A", "after": []}])
    compile_themes(by=PLATFORM)
    decide("A")
    assert waiting() == {"B", "C"}
    assert "样例D" in track(made)
