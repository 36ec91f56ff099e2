"""An answer that is not accepted: talk, coordination, decision; each has an end and a date."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from diebian.base.disputes.actions import (
    accept,
    advise,
    give_way,
    object_to,
    pass_on,
    record_decision,
    refer,
    say,
    withdraw,
)
from diebian.base.disputes.dues import due_of
from diebian.base.disputes.models import Dispute, How, Outcome, State, What
from diebian.base.disputes.public import (
    AlreadyDecided,
    AlreadyOpen,
    NotInDispute,
    SaysNothing,
    TalkFirst,
    WrongState,
    doorway,
    is_in_dispute,
    waiting_count,
)
from diebian.base.disputes.refusals import DocumentMissing, NotCarriedOut, OutcomeUnclear
from diebian.base.disputes.reminding import let_stand, remind, see_carried_out
from diebian.base.disputes.selectors import dispute_for, timeline
from diebian.base.messages.public import unread
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused
from tests.browsing import browser
from tests.days import a_calendar

from .people import (
    ASKING,
    BUREAU,
    KIND,
    LATER,
    OTHER,
    PROVIDER,
    Changed,
    a_dispute,
    asker,
    authority,
    head,
    register,
    who,
)

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 4, 2, tzinfo=UTC)
DECIDED_ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _scene(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    a_calendar()
    register()
    Changed.told, Changed.done = {}, False
    for made in (asker, head, authority):
        made()


def test_both_sides_talk_and_the_provider_may_change_its_answer() -> None:
    made = a_dispute()
    assert unread(head().key).count() == 1
    say(dispute_id=made.public_id, text="请说明哪一条不符合", by=head())
    assert unread(asker().key).count() == 1
    done = give_way(dispute_id=made.public_id, text="核对后符合条件", by=head())
    assert (done.state, done.outcome, done.how) == (
        State.DECIDED, Outcome.OVERTURNED, How.TALK,
    )  # fmt: skip
    assert Changed.told == {"1": "双方协商一致：核对后符合条件"}
    assert [(one.what, one.text) for one in timeline(done)] == [
        ("提出争议", "确需使用"),
        ("说明", "请说明哪一条不符合"),
        ("提供部门改变答复", "改变原来的答复。核对后符合条件"),
    ]
    assert actions_on(made.audit_subject) == [
        "disputes.opened", "disputes.said", "disputes.gave_way",
    ]  # fmt: skip


def test_an_opinion_that_is_accepted_ends_it_and_the_answer_changes() -> None:
    made = _coordinated(Outcome.OVERTURNED)
    assert Changed.told == {}  # nobody has accepted yet
    with pytest.raises(Refused):
        accept(dispute_id=made, by=asker())  # it goes against the other side
    done = accept(dispute_id=made, by=head())
    assert (done.outcome, done.how) == (Outcome.OVERTURNED, How.COORDINATION)
    assert Changed.told == {"1": "按数据主管部门的协调意见：职责所需"}


def test_silence_accepts_an_opinion_when_its_days_are_over() -> None:
    with clock.held_at(WEDNESDAY):
        made = _coordinated(Outcome.UPHELD)
        assert str(due_of(_row(made))) == "最晚 11 月 11 日（周三）接受或不接受"
    with clock.held_at(WEDNESDAY + timedelta(days=7)):
        assert let_stand(by=PLATFORM) == 0  # the last day is theirs
    with clock.held_at(WEDNESDAY + timedelta(days=8)):
        assert let_stand(by=PLATFORM) == 1
        assert let_stand(by=PLATFORM) == 0
    done = _row(made)
    assert (done.state, done.outcome) == (State.DECIDED, Outcome.UPHELD)
    assert done.events.last().what == What.STOOD  # type: ignore[union-attr]
    assert Changed.told == {}


@pytest.mark.parametrize("objects", [asker, head])
def test_an_objection_brings_it_before_the_government_whose_document_ends_it(
    objects: Callable[[], Actor],
) -> None:
    made = _coordinated(Outcome.OVERTURNED)
    object_to(dispute_id=made, text="不能接受", by=objects())
    told: dict[str, Any] = {
        "dispute_id": made, "outcome": "overturned", "text": "应当共享", "by": authority()
    }  # fmt: skip
    for number, day in ((" ", DECIDED_ON), ("样例函〔2026〕1号", date(2099, 1, 1))):
        with pytest.raises(DocumentMissing):
            record_decision(**told, document_no=number, decided_on=day)
    with pytest.raises(Refused):
        record_decision(**{**told, "by": head()}, document_no="1", decided_on=DECIDED_ON)
    done = record_decision(**told, document_no="样例函〔2026〕1号", decided_on=DECIDED_ON)
    assert (done.how, done.document_no) == (How.GOVERNMENT, "样例函〔2026〕1号")
    assert Changed.told["1"] == "按政府的决定：样例函〔2026〕1号。应当共享"


def test_an_answer_that_was_upheld_is_not_disputed_again_a_withdrawn_one_may_be() -> None:
    first = a_dispute()
    with pytest.raises(AlreadyOpen):
        a_dispute()
    withdraw(dispute_id=first.public_id, text="再想想", by=asker())
    assert not is_in_dispute(KIND, ["1"])
    accept(dispute_id=_coordinated(Outcome.UPHELD), by=asker())
    with pytest.raises(AlreadyDecided):
        a_dispute()
    a_dispute(about="2")


def test_what_was_changed_and_answered_anew_can_be_disputed_anew() -> None:
    made = a_dispute()
    give_way(dispute_id=made.public_id, text="核对后符合条件", by=head())
    there = doorway(KIND, "1", asker())
    assert there is not None
    assert "/new/" in there.href
    assert a_dispute().pk != made.pk


def test_what_is_still_to_be_carried_out_is_not_disputed_again_but_seen() -> None:
    made = a_dispute(kind=LATER)
    give_way(dispute_id=made.public_id, text="应当共享", by=head())
    there = doorway(LATER, "1", asker())
    assert there is not None
    assert there.href == f"/disputes/{made.public_id}/"
    with pytest.raises(NotCarriedOut):
        a_dispute(kind=LATER)
    Changed.done = True
    see_carried_out(by=PLATFORM)
    there = doorway(LATER, "1", asker())
    assert there is not None
    assert "/new/" in there.href


def test_one_talks_first() -> None:
    with clock.held_at(WEDNESDAY):
        made = a_dispute().public_id
        with pytest.raises(TalkFirst):
            refer(dispute_id=made, text="不成", by=asker())
    with clock.held_at(WEDNESDAY + timedelta(days=30)):  # they never answered
        assert refer(dispute_id=made, text="不成", by=asker()).state == State.COORDINATION


def test_the_authority_does_not_rule_where_it_is_a_party() -> None:
    made = a_dispute(about="of-the-bureau")
    say(dispute_id=made.public_id, text="不行", by=who(Post.DATA_HEAD, BUREAU))
    done = refer(dispute_id=made.public_id, text="不成", by=asker())
    assert done.state == State.GOVERNMENT


def test_the_authority_may_pass_on_what_it_cannot_bring_together() -> None:
    made = _referred()
    with pytest.raises(Refused):
        pass_on(dispute_id=made, text="报政府", by=head())
    assert pass_on(dispute_id=made, text="各有依据", by=authority()).state == State.GOVERNMENT
    with pytest.raises(WrongState):
        advise(dispute_id=made, outcome="upheld", text="晚了", by=authority())


def test_each_step_has_the_days_that_the_city_promises_and_a_ladder_of_reminders() -> None:
    with clock.held_at(WEDNESDAY):
        made = a_dispute()
        assert str(due_of(made, promised={"talk": 3})) == "最晚 11 月 9 日（周一）协商出结果"
        due = due_of(made)
        assert str(due) == "最晚 11 月 18 日（周三）协商出结果"
        assert due is not None
        assert "没有给这一步规定天数" in due.source
        assert remind(by=PLATFORM) == 0
    before = unread(authority().key).count()
    for days in (2, 12, 14, 15, 15):
        with clock.held_at(WEDNESDAY + timedelta(days=days)):
            remind(by=PLATFORM)
    assert [one for one in actions_on(made.audit_subject) if "reminded" in one] == [
        "disputes.reminded_near", "disputes.reminded_last", "disputes.reminded_late",
    ]  # fmt: skip
    assert unread(authority().key).count() == before + 1  # when it is late


def test_what_the_provider_has_to_do_itself_is_seen_when_it_is_done() -> None:
    made = a_dispute(kind=LATER)
    with clock.held_at(WEDNESDAY):
        done = give_way(dispute_id=made.public_id, text="应当共享", by=head())
        assert str(due_of(done)) == "最晚 11 月 18 日（周三）落实"
    assert see_carried_out(by=PLATFORM) == 0
    assert waiting_count(head()) == 1
    Changed.done = True
    assert see_carried_out(by=PLATFORM) == 1
    assert see_carried_out(by=PLATFORM) == 0
    assert due_of(_row(made.public_id)) is None


def test_whoever_is_no_party_sees_and_does_nothing() -> None:
    made = a_dispute().public_id
    with pytest.raises(NotFound):
        dispute_for(who(Post.DATA_HEAD, OTHER), made)
    with pytest.raises(NotFound):
        say(dispute_id=made, text="我也说", by=who(Post.DATA_HEAD, OTHER))
    with pytest.raises(Refused):
        give_way(dispute_id=made, text="同意", by=who(Post.DATA_MANAGER, PROVIDER))
    with pytest.raises(Refused):
        withdraw(dispute_id=made, text="算了", by=head())
    with pytest.raises(Refused):
        let_stand(by=authority())
    with pytest.raises(SaysNothing):
        say(dispute_id=made, text="  ", by=asker())
    with pytest.raises(NotInDispute):
        a_dispute(about="settled")
    with pytest.raises(OutcomeUnclear):
        advise(dispute_id=_referred("2"), outcome="maybe", text="理由", by=authority())


def test_the_pages_lead_each_side_to_its_next_step() -> None:
    there = doorway(KIND, "1", asker())
    assert there is not None
    page = browser(asker())
    assert "不符合条件" in _text(page, there.href)
    assert page.post(there.href, {"text": ""}).status_code == 422
    address = page.post(there.href, {"text": "确需使用"}).headers["Location"]
    there = doorway(KIND, "1", head())
    assert there is not None
    assert (there.href, there.is_open) == (address, True)
    assert doorway(KIND, "1", who(Post.DATA_HEAD, OTHER)) is None
    assert "等对方说过话" in _text(page, address)
    other = browser(head())
    assert "改变本部门的答复" in _text(other, address)
    other.post(f"{address}say", {"text": "已经答复过"})
    assert "请求协调" in _text(page, address)
    page.post(f"{address}refer", {"text": "谈不拢"})
    bureau = browser(authority())
    assert waiting_count(authority()) == 1
    assert "样例 1" in _text(bureau, "/disputes/")
    bureau.post(f"{address}pass-on", {"text": "各有依据"})
    faults = bureau.post(f"{address}decision", {"text": "维持"})
    assert faults.status_code == 422
    assert "维持</textarea>" in faults.content.decode()
    told = {"outcome": "upheld", "document_no": "样例函1号", "decided_on": f"{clock.today()}"}
    bureau.post(f"{address}decision", {**told, "text": "维持"})
    assert "这个答复不再争议" in _text(page, address)


def _text(page: Client, address: str) -> str:
    answer = page.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def _referred(about: str = "1") -> UUID:
    made = a_dispute(about=about).public_id
    say(dispute_id=made, text="不行", by=who(Post.DATA_MANAGER, PROVIDER))
    return refer(dispute_id=made, text="谈不拢", by=who(Post.DATA_HEAD, ASKING)).public_id


def _coordinated(outcome: Outcome) -> UUID:
    made = _referred()
    advise(dispute_id=made, outcome=outcome, text="职责所需", by=authority())
    return made


def _row(dispute_id: UUID) -> Dispute:
    return Dispute.objects.get(public_id=dispute_id)
