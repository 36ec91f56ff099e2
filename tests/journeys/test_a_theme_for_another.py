"""一件事 in another's name: every member is a matter of its own, the giver is told, sees who looked
and is asked herself where the law wants it. A company's is its own, whoever of its people acts.
"""

from datetime import timedelta

import pytest

from diebian.base.mandates.public import Mandate, NotGiven, Over, Scope, agree, end, give
from diebian.base.messages.public import unread
from diebian.base.process.work.carrying import work_through
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.applications import actions as applying
from diebian.scenes.services.applications import selectors
from diebian.scenes.services.applications.refusals import NotAllGiven
from diebian.scenes.services.models import ServiceItem
from diebian.scenes.services.refusals import NotForCompanies, TrueWillUnasked
from diebian.scenes.services.tests.people import who
from diebian.scenes.services.themes.models import Application, Theme
from diebian.security.identity.public import PLATFORM, confirm_company, person
from diebian.security.tracker.public import reads_of
from tests.browsing import browser

from .test_a_theme_runs import _theme, case_of, decide, page  # noqa: F401  the same theme

pytestmark = pytest.mark.django_db
MOTHER, DAUGHTER = "applicant", "stranger"
CODE = "914403001922038216"


def authorised(*matters: str) -> Mandate:
    holder = person(who(DAUGHTER).key)
    told = {"holder_id_number": holder.id_number, "holder_name": holder.name}
    mandate = give(**told, scope=Scope(matters=matters or ("A", "C")), by=who(MOTHER))
    return agree(mandate_id=mandate.public_id, by=who(MOTHER))


def begun(*members: str, giver: str = "") -> Application:
    return applying.begin(theme_code="OT1", members=members or ("A", "C"), sent={},
                          giver=giver or who(MOTHER).key, by=who(DAUGHTER))  # fmt: skip


def filled(*, by: str = DAUGHTER, giver: str = "") -> Application:
    made = begun(giver=giver)
    sent = {"f1": "样例小店", "f3": "30", "statement": "on"}
    applying.fill(number=made.number, sent=sent, by=who(by))
    made.refresh_from_db()
    return made


def a_company() -> str:
    told = {"credit_code": CODE, "name": "样例公司"}
    return confirm_company(**told, head_key=who(DAUGHTER).key, by=PLATFORM).key


def test_it_is_the_mothers_each_act_is_told_and_each_look_stands_in_her_reads() -> None:
    mandate = authorised()
    daughter = browser(who(DAUGHTER))
    assert "代 样例applicant" in daughter.get("/themes/OT1/?member=A&member=C").content.decode()
    made = filled()
    form = page(made, "form/", DAUGHTER).content.decode()
    assert "您在代 样例applicant 办" in form
    applying.submit(number=made.number, by=who(DAUGHTER))
    work_through()
    assert (made.applicant_key, made.acted_by) == (who(MOTHER).key, who(DAUGHTER).key)
    assert (case_of("A").applicant_key, case_of("A").acted_by) == (
        made.applicant_key,
        made.acted_by,
    )
    assert [one.act for one in mandate.uses.all()] == ["提交了一件事的申请", "开始填一件事的申请"]
    [line] = reads_of(person_key=who(MOTHER).key).lines
    assert (line.reader, line.case_no) == ("样例stranger，凭您的授权", made.number)
    assert f"/together/{made.number}/" in browser(who(MOTHER)).get("/me/reads/").content.decode()
    mine = daughter.get("/me/cases/").content.decode()
    assert "代 样例applicant：</strong>" not in mine
    assert "代 样例applicant：样例一件事" in mine
    decide("A")
    applying.withdraw_member(number=made.number, member="C", by=who(DAUGHTER))
    assert mandate.uses.count() == 3
    assert any("已收到您的申请" in one.body for one in unread(who(DAUGHTER).key))


def test_each_member_has_to_be_within_what_was_given_and_the_sentence_names_what_is_not() -> None:
    authorised()
    whole = browser(who(DAUGHTER)).get("/themes/OT1/").content.decode()
    assert "样例applicant的授权里没有“样例B”“样例D”" in whole
    with pytest.raises(NotAllGiven, match="样例B"):
        begun("A", "B")
    assert not Application.objects.exists()
    made = begun()
    answer = page(made, "choose/", DAUGHTER, member=["A", "B"])
    assert answer.status_code == 403
    assert "样例B" in answer.content.decode()
    with pytest.raises(NotGiven):
        begun(giver=who("reviewer").key)


def test_her_own_draft_of_more_than_was_given_is_not_shown_to_whoever_holds_less() -> None:
    authorised()
    own = applying.begin(theme_code="OT1", members=["A", "B"], sent={}, by=who(MOTHER))
    with pytest.raises(NotAllGiven):
        begun()
    assert page(own, "choose/", DAUGHTER).status_code == 403
    assert selectors.applications_of_others(who(DAUGHTER)) == []
    with pytest.raises(NotFound):
        selectors.application_for(who("reviewer"), own.number)


def test_a_mandate_that_ended_between_two_clicks_says_so_and_the_draft_stays_hers() -> None:
    mandate = authorised()
    made = filled()
    end(mandate_id=mandate.public_id, by=who(MOTHER))
    with pytest.raises(Over):
        applying.submit(number=made.number, by=who(DAUGHTER))
    answer = page(made, "check/", DAUGHTER, go="1")
    assert answer.status_code == 403
    assert "授权已经结束" in answer.content.decode()
    assert "样例小店" in page(made, "form/", MOTHER).content.decode()
    applying.submit(number=made.number, by=who(MOTHER))


def test_who_is_old_is_asked_herself_where_one_member_asks_for_it() -> None:
    authorised()
    ServiceItem.objects.filter(code="C").update(asks_true_will=True)
    made = filled()
    assert any("有人替您填好了" in one.body for one in unread(who(MOTHER).key))
    with pytest.raises(TrueWillUnasked):
        applying.submit(number=made.number, by=who(DAUGHTER))
    assert "要等样例applicant本人确认" in page(made, "check/", DAUGHTER).content.decode()
    assert page(made, "check/", DAUGHTER, true_will="on").status_code == 403
    assert "这是我自己真实的意愿" in page(made, "check/", MOTHER).content.decode()
    page(made, "check/", MOTHER, true_will="on", only_say="1")
    applying.submit(number=made.number, by=who(DAUGHTER))
    work_through()
    assert case_of("A").true_will_at is not None


def test_a_draft_for_another_waits_longer_for_she_may_have_to_come() -> None:
    authorised()
    begun()
    with clock.held_at(clock.now() + timedelta(days=6)):
        assert applying.lapse_drafts(by=PLATFORM) == 0
    with clock.held_at(clock.now() + timedelta(days=8)):
        assert applying.lapse_drafts(by=PLATFORM) == 1


def test_a_company_applies_by_who_represents_it_and_its_news_reach_who_does_so_now() -> None:
    key = a_company()
    with pytest.raises(NotForCompanies):
        begun(giver=key)
    Theme.objects.update(objects_of="法人")
    guide = browser(who(DAUGHTER)).get("/themes/OT1/?member=A&member=C").content.decode()
    assert "代表 样例公司" in guide
    ServiceItem.objects.filter(code="C").update(asks_true_will=True)  # a company has no such will
    made = filled(giver=key)
    assert "统一社会信用代码" in page(made, "form/", DAUGHTER).content.decode()
    applying.submit(number=made.number, by=who(DAUGHTER))
    work_through()
    assert (case_of("A").applicant_key, case_of("A").applicant_name) == (key, "样例公司")
    told = {"credit_code": CODE, "name": "样例公司"}
    confirm_company(**told, head_key=who(MOTHER).key, by=PLATFORM)
    decide("A")
    decide("C")
    assert any("都办成了" in one.title for one in unread(who(MOTHER).key))
    assert not any("都办成了" in one.title for one in unread(who(DAUGHTER).key))
    assert page(made, "", DAUGHTER).status_code == 404
