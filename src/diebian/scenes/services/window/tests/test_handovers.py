"""行政许可法 第四十四条: a licence that is wanted on paper is in its holder's hands in ten days."""

from datetime import date

import pytest

from diebian.base.messages.public import unread
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.handover.selectors import owed, told_of
from diebian.scenes.services.items.facts import HANDING_OUT, Charge, Charging
from diebian.scenes.services.models import Case, Handover, State
from diebian.scenes.services.ratings.tests.made import DECIDED, on, visited_case
from diebian.scenes.services.refusals import WrongState
from diebian.scenes.services.tests.people import (
    NUMBERS,
    a_draft,
    the_item_says,
    under_review,
    who,
)
from diebian.scenes.services.window import guests, handing_out
from diebian.scenes.services.window.owed import owed_for
from diebian.scenes.services.window.receipts import receipt_of
from diebian.scenes.services.window.refusals import HandedOutBefore, HowUnclear
from diebian.scenes.services.window.reminding import remind_of_handovers
from diebian.scenes.services.window.saying_how import say_how
from diebian.security.identity.public import PLATFORM, Refused
from diebian.security.tracker.public import reads_in
from tests.browsing import browser

LAST = date(2026, 3, 16)  # ten working days after a Monday
TO = {"to_name": "样例收件人", "address": "样例路 9 号"}
COLLECT, MAIL, ONLINE = Handover.Way.COLLECT, Handover.Way.MAIL, Handover.Way.ONLINE
CHARGING = Charging(HANDING_OUT, 5, (Charge("样例工本费", 1000, "样例价格规定"),))


@pytest.fixture(autouse=True)
def _licence() -> None:
    the_item_says(kind="行政许可")


def granted(case: Case) -> Case:
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    return Case.objects.get(pk=case.pk)


def granted_at_window() -> Case:
    with on(DECIDED):
        return granted(visited_case())


def wanted(case: Case, way: Handover.Way, by: str = "applicant") -> Handover:
    return say_how(case_no=case.case_no, way=way, **TO, by=who(by))


def granted_by_mail() -> Case:
    with on(DECIDED):
        case = under_review()
        wanted(case, MAIL)
        return granted(case)


def seated() -> None:
    guests.seat(id_number=NUMBERS["applicant"], name="样例applicant", by=who("clerk"))


def due_on(case: Case) -> date | None:
    told = told_of(Case.objects.get(pk=case.pk))
    return told.due.on if told and told.due else None


def page(username: str, address: str) -> str:
    return browser(who(username)).get(address).content.decode()


def mailed(case: Case) -> None:
    handing_out.mail(
        case_no=case.case_no, to_name=TO["to_name"], address=TO["address"], carrier="样例快递",
        parcel_no="S1", by=who("clerk"),
    )  # fmt: skip


def test_what_was_applied_for_online_is_in_the_account_at_once_and_nothing_waits() -> None:
    granted(under_review())
    assert not Handover.objects.exists()


def test_what_was_applied_for_at_a_window_is_owed_on_paper_for_ten_working_days() -> None:
    case = granted_at_window()
    assert due_on(case) == LAST
    with on(DECIDED):
        told = page("applicant", f"/cases/{case.case_no}/")
    assert all(
        words in told for words in ("纸质的等您来领", "3 月 16 日", "第四十四条", "任何一个")
    )
    for desk in ("cases", "limits/cases"):
        assert "最晚 <strong>3 月 16 日（星期一）" in page(
            "reviewer", f"/desk/{desk}/{case.case_no}/"
        )
    assert "3 月 16 日" in receipt_of(case).next[1]
    said = case.events.get(kind="paper_owed").reason
    assert said == "带身份证到本市任何一个综合窗口领，最晚 3 月 16 日（周一）交到您手里"


def test_what_is_no_licence_waits_on_paper_only_for_who_asks_for_it() -> None:
    the_item_says(kind="公共服务", statutory_days=20, statutory_unit="工作日", statutory_source="x")
    case = granted_at_window()
    assert not owed().exists()
    wanted(case, COLLECT)
    assert owed().get().is_licence is False


def test_it_is_late_from_the_day_after_the_last_one_also_when_that_is_a_day_off() -> None:
    granted_at_window()
    with on(date(2026, 2, 28)):  # a Saturday of work: its last day is a Friday
        granted(under_review_for_paper())
    for day, late in ((date(2026, 3, 13), 0), (date(2026, 3, 14), 1), (LAST, 1)):
        with on(day):
            told = owed_for(who("clerk"), "1")
            assert (told.late, sum(one.is_late for one in told.lines)) == (late, late)
    with on(date(2026, 3, 17)):
        assert owed_for(who("clerk"), "1").late == 2


def under_review_for_paper() -> Case:
    case = under_review()
    wanted(case, COLLECT)
    return case


def test_the_oldest_stands_first_and_what_no_law_counts_behind() -> None:
    the_item_says(kind="公共服务", statutory_days=20, statutory_unit="工作日", statutory_source="x")
    with on(date(2026, 2, 24)):
        free = granted(under_review_for_paper())
    the_item_says(kind="行政许可")
    later = granted_at_window()
    with on(date(2026, 2, 27)):
        first = granted(under_review_for_paper())
    told = owed_for(who("clerk"), "1")
    assert [one.row.case for one in told.lines] == [first, later, free]
    assert told.lines[-1].due is None


def test_fetching_it_ends_the_days() -> None:
    case = granted_at_window()
    with on(LAST):
        seated()
        handing_out.hand_out(case_no=case.case_no, to_name="样例", relation="", by=who("clerk"))
    assert not owed().exists()
    with pytest.raises(HandedOutBefore):
        wanted(case, MAIL)


def test_a_parcel_ends_the_days_and_one_that_comes_back_moves_none() -> None:
    case = granted_by_mail()
    with on(date(2026, 3, 4)):
        mailed(case)
        assert not owed().exists()
    with on(date(2026, 3, 10)):
        handing_out.note_return(case_no=case.case_no, why="地址不详", by=who("clerk"))
    assert due_on(case) == LAST
    [line] = owed_for(who("clerk"), "1").lines
    assert line.is_back


def test_who_wants_it_by_post_need_not_sit_at_the_window_and_sees_who_read_the_address() -> None:
    case = granted_by_mail()
    at = f"/window/cases/{case.case_no}/"
    with on(date(2026, 3, 4)):
        told = page("clerk", at)
        assert TO["address"] in told
        assert "已当面签领" not in told
        assert "收件地址" in str(reads_in(case_no=case.case_no)[0].columns)
        sent = {**TO, "carrier": "样例快递", "parcel_no": "S1", "sent_on": "2026-03-04"}
        assert browser(who("clerk")).post(f"{at}mail", sent)["Location"] == "/sheets/"
        assert "S1" in page("clerk", "/sheets/")
        assert browser(who("clerk")).post(f"{at}arrived")["Location"] == "/sheets/"
    assert case.events.filter(kind="mailed").exists()


def test_what_is_fetched_opens_for_no_clerk_before_its_holder_sits_there() -> None:
    case = granted_at_window()
    with pytest.raises(NotFound):
        mailed(case)
    with pytest.raises(NotFound):
        handing_out.hand_out(case_no=case.case_no, to_name="样例", relation="", by=who("clerk"))


def test_the_electronic_one_may_be_enough() -> None:
    case = granted_at_window()
    wanted(case, ONLINE)
    assert not owed().exists()
    with on(date(2026, 3, 9)):  # thought better of it: the days begin anew, for it had been given
        wanted(case, COLLECT)
    assert due_on(case) == date(2026, 3, 23)


def test_another_way_to_have_it_moves_no_day() -> None:
    case = granted_at_window()
    with on(date(2026, 3, 9)):
        wanted(case, MAIL)
    assert due_on(case) == LAST


def test_before_the_decision_it_is_said_and_nothing_is_owed_nor_after_a_refusal() -> None:
    case = under_review()
    wanted(case, COLLECT)
    assert not owed().exists()
    assert "准予以后照这样办" in page("applicant", f"/cases/{case.case_no}/")
    actions.refuse(case_no=case.case_no, reason="样例", by=who("reviewer"))
    assert not owed().exists()
    with pytest.raises(WrongState):
        wanted(case, MAIL)


def test_the_days_begin_when_it_is_issued_not_while_its_fee_is_open() -> None:
    the_item_says(kind="行政许可", charging=CHARGING)
    with on(DECIDED):
        case = granted(visited_case())
    assert case.state == State.APPROVED
    assert not owed().exists()


def test_only_the_applicant_and_the_clerk_before_whom_she_sits_say_how() -> None:
    case = under_review()
    for username in ("stranger", "clerk", "reviewer"):
        with pytest.raises(NotFound):
            wanted(case, MAIL, username)
    seated()
    wanted(case, MAIL, "clerk")
    draft = a_draft()
    with pytest.raises(WrongState):
        wanted(draft, MAIL)
    with pytest.raises(HowUnclear):
        say_how(case_no=case.case_no, way="mail", to_name="样例", address=" ", by=who("applicant"))
    with pytest.raises(HowUnclear):
        say_how(case_no=case.case_no, way="moon", by=who("applicant"))


def test_what_was_wrong_stands_at_the_form_with_what_was_written() -> None:
    case = under_review()
    sent = {"way": "mail", "to_name": "样例收件人", "address": ""}
    answer = browser(who("applicant")).post(f"/cases/{case.case_no}/handover", sent)
    assert answer.status_code == 422
    assert all(words in answer.content.decode() for words in ("写明收件人和地址", "样例收件人"))
    sent["address"] = "样例路"
    assert (
        browser(who("applicant")).post(f"/cases/{case.case_no}/handover", sent).status_code == 302
    )
    assert Handover.objects.get().address == "样例路"


def test_the_windows_see_all_that_waits_a_body_its_own_and_others_nothing() -> None:
    case = granted_at_window()
    for username, sees in (("clerk", True), ("reviewer", True), ("outsider", False),
                           ("head", True), ("supervisor", True)):  # fmt: skip
        assert (case.case_no in page(username, "/desk/handovers/")) is sees
    assert "样例applicant" not in page("clerk", "/desk/handovers/")
    assert browser(who("applicant")).get("/desk/handovers/").status_code == 403


def test_each_rung_is_told_once_to_whoever_answers_for_it_and_to_who_has_to_come() -> None:
    granted_at_window()
    before = {name: unread(who(name).key).count() for name in ("applicant", "reviewer", "head")}
    for day, told in ((date(2026, 3, 11), 0), (date(2026, 3, 12), 1), (LAST, 1),
                      (date(2026, 3, 17), 1), (date(2026, 3, 18), 0)):  # fmt: skip
        with on(day):
            assert [remind_of_handovers(by=PLATFORM) for _ in range(2)] == [told, 0]
    after = {name: unread(who(name).key).count() - count for name, count in before.items()}
    assert after == {"applicant": 3, "reviewer": 3, "head": 2}
    with pytest.raises(Refused):
        remind_of_handovers(by=who("reviewer"))


def test_at_the_counter_the_clerk_notes_how_and_hands_it_over() -> None:
    case = granted_at_window()
    clerk, at = browser(who("clerk")), f"/window/cases/{case.case_no}/"
    with on(DECIDED):
        seated()
        assert "3 月 16 日" in clerk.get(at).content.decode()
        assert clerk.post(f"{at}how", {"way": "moon"}).status_code == 422
        assert clerk.post(f"{at}how", {"way": "mail", **TO}).status_code == 302
        assert TO["address"] in clerk.get(at).content.decode()
