"""The public asks for data: a number, a last day, a reason; and nobody learns who asked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from diebian.base.messages.public import unread
from diebian.base.opening.asks import answer, ask, assign, join
from diebian.base.opening.models import DataRequest, Outcome
from diebian.base.opening.refusals import AlreadyAnswered, ReasonMissing, SaysPersonal, TooMany
from diebian.base.opening.reminding import remind
from diebian.base.opening.selectors import desk, waits
from diebian.base.opening.tests.people import (
    AIR,
    BUREAU,
    OTHER,
    a_person,
    a_table,
    air,
    department,
    opened,
    who,
)
from diebian.base.opening.wanted import alike, request_of
from diebian.kernel import clock
from diebian.kernel.errors import Invalid
from diebian.kernel.waiting import waiting
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Post, Refused, register_official
from tests.browsing import browser
from tests.days import a_calendar

WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _calendar() -> None:
    a_calendar()


def asked(wanted: str = "公交站点的位置", by: str = "sample-one") -> DataRequest:
    return ask(wanted=wanted, purpose="做导航", provider="", by=a_person(by))


def test_whoever_asks_gets_a_number_and_a_last_day() -> None:
    with clock.held_at(WEDNESDAY):
        one, two = asked(), asked("别的数据")
        assert (one.number, two.number) == ("KF202600001", "KF202600002")
        assert str(request_of(one.public_id).due) == "最晚 12 月 23 日（周三）答复"


def test_who_wants_the_same_joins_and_each_is_told_once() -> None:
    made = asked()
    assert [one.id for one in alike("公交站点位置")] == [made.public_id]
    assert alike("住房均价") == []
    for _ in range(2):
        join(request_id=made.public_id, by=a_person("sample-two"))
    assert request_of(made.public_id).voices == 2
    answer(request_id=made.public_id, outcome=Outcome.PLANNED, says="明年一季度开放",
           by=who(Post.AUTHORITY, BUREAU))  # fmt: skip
    assert [unread(a_person(name).key).count() for name in ("sample-one", "sample-two")] == [1, 1]
    with pytest.raises(AlreadyAnswered):
        join(request_id=made.public_id, by=a_person())


def test_the_authority_finds_the_department_and_that_one_answers() -> None:
    made = asked()
    provider, other = who(), who(of=OTHER)
    with pytest.raises(Refused):
        answer(request_id=made.public_id, outcome=Outcome.REFUSED, says="样例", by=provider)
    with pytest.raises(Refused):
        assign(request_id=made.public_id, provider=department(), by=provider)
    assert waiting([waits], who(Post.AUTHORITY, BUREAU)) == (1,)
    assign(request_id=made.public_id, provider=department(), by=who(Post.AUTHORITY, BUREAU))
    assert [one.id for one in desk(provider, "1").requests] == [made.public_id]
    assert desk(other, "1").requests == []
    with pytest.raises(Refused):
        answer(request_id=made.public_id, outcome=Outcome.REFUSED, says="样例", by=other)
    with pytest.raises(ReasonMissing):
        answer(request_id=made.public_id, outcome=Outcome.REFUSED, says=" ", by=provider)
    a_table(AIR)
    row = opened(air(), AIR)
    answer(request_id=made.public_id, outcome=Outcome.OPENED, says="已经开放", by=provider,
           dataset=row.public_id)  # fmt: skip
    assert request_of(made.public_id).dataset == row.public_id


@pytest.mark.parametrize(
    "words",
    ["我的号码 219902198803120029", "打 13800138000 找我", "138-0013-8000", "a.b@example.com",
     "办公电话 024-12345678"],
)  # fmt: skip
def test_a_number_of_a_person_is_not_put_before_the_public(words: str) -> None:
    with pytest.raises(SaysPersonal):
        asked(words)
    made = asked("20260101 到 20261231 的公交客流，一共 12345678 次")
    with pytest.raises(SaysPersonal):
        answer(request_id=made.public_id, outcome=Outcome.REFUSED, says=words,
               by=who(Post.AUTHORITY, BUREAU))  # fmt: skip


def test_only_a_person_asks_and_says_what_and_what_for() -> None:
    for by in (who(), who(Post.AUTHORITY, BUREAU)):
        with pytest.raises(Refused):
            ask(wanted="样例", purpose="样例", provider="", by=by)
    for told in ({"wanted": " "}, {"purpose": ""}, {"wanted": "x" * 101}, {"provider": "nobody"}):
        with pytest.raises(Invalid):
            ask(**{"wanted": "样例", "purpose": "样例", "provider": "", **told}, by=a_person())


def test_one_person_asks_ten_times_a_day_at_most() -> None:
    with clock.held_at(WEDNESDAY):
        for number in range(10):
            asked(f"第 {number} 份")
        with pytest.raises(TooMany):
            asked("再要一份")
        assert asked("别人要的", by="sample-two").pk
    with clock.held_at(WEDNESDAY.replace(day=27)):
        assert asked("后天再要").pk


def test_the_pages_lead_from_asking_to_joining_and_tell_nobody_who_asked(client: Client) -> None:
    person, other = browser(a_person()), browser(a_person("sample-two"))
    assert client.get("/open-data/requests/new").status_code == 401
    done = person.post("/open-data/requests/new", {"wanted": "公交站点的位置", "purpose": "做导航"})
    assert done.status_code == 302
    page = client.get(done["Location"]).content.decode()
    assert "我也要" in page
    assert "KF" in page
    assert a_person().name not in page.partition("<main")[2]
    near = other.post("/open-data/requests/new", {"wanted": "公交站点位置", "purpose": "样例"})
    assert "是同一件吗" in near.content.decode()
    assert DataRequest.objects.count() == 1
    other.post(f"{done['Location']}join")
    assert "2 人要" in client.get("/open-data/requests/").content.decode()
    told = {"wanted": "公交站点位置", "purpose": "样例", "is_other": "1"}
    assert other.post("/open-data/requests/new", told).status_code == 302
    assert DataRequest.objects.count() == 2
    office = browser(who(Post.AUTHORITY, BUREAU))
    assert "请您答复" in office.get(done["Location"]).content.decode()
    sent = {"outcome": "refused", "says": "涉及商业秘密", "dataset": ""}
    assert office.post(f"{done['Location']}answer", sent).status_code == 302
    page = client.get(done["Location"]).content.decode()
    assert "涉及商业秘密" in page
    assert "我也要" not in page


def test_before_the_last_day_the_office_is_reminded_after_it_the_authority() -> None:
    keys = [_official("sample_manager", Post.DATA_MANAGER, department()),
            _official("sample_head", Post.DATA_HEAD, department()),
            _official("sample_authority", Post.AUTHORITY, department(BUREAU))]  # fmt: skip
    with clock.held_at(WEDNESDAY):
        made = asked()
        assign(request_id=made.public_id, provider=department(), by=who(Post.AUTHORITY, BUREAU))
    before = [unread(key).count() for key in keys]
    heard = []
    for days in (1, 26, 26, 28, 29, 40):
        with clock.held_at(WEDNESDAY + timedelta(days=days)):
            remind(by=PLATFORM)
        told = [unread(key).count() - was for key, was in zip(keys, before, strict=True)]
        heard.append(tuple(told))
    assert heard == [(0, 0, 0), (1, 0, 0), (1, 0, 0), (2, 1, 0), (3, 2, 1), (3, 2, 1)]
    assert [one for one in actions_on(made.audit_subject) if "reminded" in one] == [
        "opening.request.reminded_near",
        "opening.request.reminded_last",
        "opening.request.reminded_late",
    ]


def test_what_nobody_was_named_for_is_the_authoritys_and_an_answer_ends_it() -> None:
    key = _official("sample_authority", Post.AUTHORITY, department(BUREAU))
    with clock.held_at(WEDNESDAY):
        made = asked()
    before = unread(key).count()
    with clock.held_at(WEDNESDAY + timedelta(days=26)):
        assert remind(by=PLATFORM) == 1
        assert unread(key).count() == before + 1
        answer(request_id=made.public_id, outcome=Outcome.REFUSED, says="样例",
               by=who(Post.AUTHORITY, BUREAU))  # fmt: skip
    with clock.held_at(WEDNESDAY + timedelta(days=40)):
        assert remind(by=PLATFORM) == 0
    with pytest.raises(Refused):
        remind(by=who(Post.AUTHORITY, BUREAU))


def _official(username: str, post: Post, of: str) -> str:
    register_official(username=username, password="样例-2026-长", name=username, department=of,
                      posts=[post], by=PLATFORM)  # fmt: skip
    return username
