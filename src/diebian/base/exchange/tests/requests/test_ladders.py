"""Each step has its day and its ladder: who acts, who is told once for each rung, where it ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from diebian.base.exchange.grants.models import Grant, RequestState, ShareRequest, Standing
from diebian.base.exchange.requests import actions
from diebian.base.exchange.requests.dues import Step, due_of, dues_of
from diebian.base.exchange.requests.refusals import GrantEnded, ReasonMissing, WrongState
from diebian.base.exchange.requests.selectors import history_of, inbox
from diebian.base.exchange.tests.people import (
    BUREAU,
    CONSUMER,
    OTHER,
    PROVIDER,
    a_grant,
    a_resource,
    a_submitted_request,
    ask,
    department,
    who,
)
from diebian.base.messages.public import unread
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Post, Refused, register_official
from tests.browsing import browser
from tests.days import a_calendar
from tests.laid import laid_once

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 11, 2, tzinfo=UTC)
HEAD, AUTHORITY = (Post.DATA_HEAD, PROVIDER), (Post.AUTHORITY, BUREAU)
USER, OWN_HEAD = (Post.APPLICANT, CONSUMER), (Post.DATA_HEAD, CONSUMER)
PEOPLE = {"user": USER, "own-head": OWN_HEAD, "head": HEAD, "authority": AUTHORITY}


def _people() -> None:
    a_calendar()
    for name, (post, of) in PEOPLE.items():
        register_official(
            username=f"sample-{name}",
            password="样例-2026-长",
            name="样例",
            department=department(of),
            posts=[post],
            by=PLATFORM,
        )
    a_resource()


laid = laid_once(_people)


def test_the_own_head_has_three_working_days_and_then_the_authority_hears_of_it() -> None:
    with clock.held_at(WEDNESDAY):
        made = ask()
        assert str(due_of(made)) == "最晚 11 月 16 日（周一）审核"
    assert _reminded(1, 2, 5, 6, 7) == [
        ["own-head"], [], ["own-head"], ["own-head", "authority"], [],
    ]  # fmt: skip


def test_an_extension_waits_for_the_authority_beside_the_reply() -> None:
    with clock.held_at(WEDNESDAY):
        made = a_submitted_request()
        actions.ask_extension(request_id=made.pk, days=5, reason="样例", by=who(*HEAD))
        dues = dues_of(_again(made))
        assert str(dues[Step.CONSENT]) == "最晚 11 月 13 日（周五）决定是否延长"
        assert str(dues[Step.REPLY]) == "最晚 11 月 25 日（周三）答复"
        [line] = inbox(who(*AUTHORITY)).waiting
        assert line.due == dues[Step.CONSENT]
    silent = ["user", "head", "authority"]
    assert _reminded(0, 2, 5) == [["authority"], ["authority"], silent]
    with clock.held_at(WEDNESDAY + timedelta(days=6)):
        actions.answer_extension(request_id=made.pk, is_given=True, by=who(*AUTHORITY))
    assert _reminded(12, 19) == [[], ["head"]]  # of the longer reply alone


@pytest.mark.parametrize("standing", [Standing.ACTIVE, Standing.SUSPENDED])
def test_the_end_is_told_a_month_a_week_and_a_day_before(standing: Standing) -> None:
    with clock.held_at(WEDNESDAY):
        grant = a_grant(valid_to=date(2026, 12, 21))
    Grant.objects.update(standing=standing, revoked_at=None if standing == "active" else WEDNESDAY)
    both = ["user", "own-head"]
    told = _reminded(9, 10, 11, 32, 33, 34, 39, 40)
    assert told == [[], both, [], [], both, [], both, []]
    assert "要接着用的，请现在续期" in _told("user")
    with clock.held_at(WEDNESDAY + timedelta(days=41)):
        actions.end_expired(by=PLATFORM)
    assert "授权已到期。请处置取得的数据" in _told("user")
    assert _again(grant.request).state == RequestState.CLOSING


def test_who_is_renewing_is_not_told_of_the_end() -> None:
    with clock.held_at(WEDNESDAY):
        old = a_grant(valid_to=date(2026, 12, 1))
        actions.renew(request_id=old.request_id, valid_to=date(2027, 12, 1), by=who(*USER))
    told = _reminded(5)  # the renewal waits for the own head, which is late by then
    assert told == [["own-head"]]


def test_suspended_it_is_put_right_looked_at_sent_back_and_goes_on() -> None:
    with clock.held_at(WEDNESDAY):
        grant = a_grant()
        actions.suspend(grant_id=grant.pk, reason="用途不一致", by=who(*HEAD))
        assert "授权已暂停，理由：用途不一致。请整改" in _told("user")
        assert "授权已暂停，理由：用途不一致。请整改" in _told("own-head")
        assert str(_due(grant)) == "最晚 11 月 25 日（周三）整改"
        assert _waits(grant) == {"user", "own-head"}
        page = browser(who(*USER)).get(f"/exchange/requests/{grant.request_id}/").content.decode()
        assert "已整改，请核实" in page
        for wrong in (HEAD, (Post.APPLICANT, OTHER)):
            with pytest.raises(Refused):
                actions.rectify(grant_id=grant.pk, note="样例", by=who(*wrong))
        with pytest.raises(ReasonMissing):
            actions.rectify(grant_id=grant.pk, note=" ", by=who(*USER))
        with pytest.raises(WrongState):  # nothing was said to be put right
            actions.send_back(grant_id=grant.pk, reason="样例", by=who(*HEAD))
    with clock.held_at(WEDNESDAY + timedelta(days=1)):
        answer = browser(who(*USER)).post(
            f"/exchange/grants/{grant.pk}/rectify", {"text": "已停用旧程序"}
        )
        assert answer.status_code == 302
        assert "申请部门说已整改：已停用旧程序" in _told("head")
        assert str(_due(grant)) == "最晚 11 月 19 日（周四）核实整改"
        assert _waits(grant) == {"head"}
        with pytest.raises(WrongState):
            actions.rectify(grant_id=grant.pk, note="再说一次", by=who(*USER))
        actions.send_back(grant_id=grant.pk, reason="还在调用", by=who(*HEAD))
        assert "还没有改好，理由：还在调用" in _told("user")
        assert str(_due(grant)) == "最晚 11 月 26 日（周四）整改"
        actions.rectify(grant_id=grant.pk, note="真的停了", by=who(*OWN_HEAD))
        actions.resume(grant_id=grant.pk, by=who(*HEAD))
        assert "授权已恢复" in _told("user")
    grant.refresh_from_db()
    assert (grant.standing, grant.revoked_at, grant.rectified) == (Standing.ACTIVE, None, "")
    assert due_of(_again(grant.request)) is None
    told = [line.what for line in history_of(_again(grant.request))]
    assert {"申请部门说已整改", "核实后还没有改好，退回整改", "恢复授权"} <= set(told)
    with pytest.raises(GrantEnded):
        actions.rectify(grant_id=grant.pk, note="样例", by=who(*USER))


@pytest.mark.parametrize(
    ("note", "who_acts", "silent"),
    [
        ("", ["user", "own-head"], ["user", "own-head", "head", "authority"]),
        ("改好了", ["head"], ["head", "authority"]),
    ],
)
def test_a_suspension_is_nobodys_to_forget(
    note: str, who_acts: list[str], silent: list[str]
) -> None:
    with clock.held_at(WEDNESDAY):
        grant = a_grant()
        actions.suspend(grant_id=grant.pk, reason="样例", by=who(*AUTHORITY))
        if note:
            actions.rectify(grant_id=grant.pk, note=note, by=who(*USER))
    last = 7 if note else 14
    assert _reminded(last, last + 1) == [who_acts, silent]


def test_revoked_the_applicants_are_told_why_and_have_their_days_to_dispose() -> None:
    with clock.held_at(WEDNESDAY):
        grant = a_grant()
        actions.revoke(grant_id=grant.pk, reason="转给了第三方", by=who(*HEAD))
        assert "授权已撤销，理由：转给了第三方。请处置取得的数据" in _told("user")
        assert str(_due(grant)) == "最晚 12 月 9 日（周三）处置数据并写明"
    assert _reminded(26, 28, 29, 30) == [["user"], ["user"], ["user", "authority"], []]
    actions.confirm_disposal(request_id=grant.request_id, how="已删除", by=who(*USER))
    assert _reminded(31) == [[]]


def test_whose_days_they_are_is_said() -> None:
    with clock.held_at(WEDNESDAY):
        made = a_submitted_request()
        assert dues_of(made)[Step.REPLY].source == "国务院令第809号 第二十至二十二条"
        own = dues_of(ask(purpose="另一个用途"))[Step.OFFICE_REVIEW]
    assert (
        own.source == "平台通用的期限，本市没有另定（国务院令第809号 第二十条没有给这一步规定天数）"
    )


def _reminded(*days: int) -> list[list[str]]:
    """Who was told on each of these days; a second run tells nobody."""
    told = []
    for day in days:
        with clock.held_at(WEDNESDAY + timedelta(days=day)):
            before = {name: _count(name) for name in PEOPLE}
            actions.remind(by=PLATFORM)
            told.append([name for name in PEOPLE if _count(name) > before[name]])
            assert actions.remind(by=PLATFORM) == 0
    return told


def _count(name: str) -> int:
    return unread(f"sample-{name}").count()


def _told(name: str) -> str:
    """All that one of them was told, as his page shows it."""
    actor = replace(who(*PEOPLE[name]), key=f"sample-{name}")
    return browser(actor).get("/me/messages/").content.decode()


def _due(grant: Grant) -> object:
    return due_of(_again(grant.request))


def _waits(grant: Grant) -> set[str]:
    """In whose inbox it stands."""
    return {
        name
        for name, actor in PEOPLE.items()
        if grant.request_id in [line.request.pk for line in inbox(who(*actor)).waiting]
    }


def _again(made: ShareRequest) -> ShareRequest:
    rows = ShareRequest.objects.select_related("resource__entry__provider", "consumer", "grant")
    return rows.get(pk=made.pk)
