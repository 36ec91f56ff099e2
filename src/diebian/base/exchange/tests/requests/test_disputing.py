"""A refusal that is disputed: it stays, or the request goes back into the flow as agreed."""

from datetime import UTC, datetime, timedelta

import pytest

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    approve_change,
    propose_change,
    publish_change,
)
from diebian.base.disputes.public import (
    AlreadyOpen,
    doorway,
    give_way,
    open_dispute,
    see_carried_out,
)
from diebian.base.exchange.grants.models import REFUSAL, RequestState, ShareRequest
from diebian.base.exchange.requests.actions import agree_by_ruling, provision, refuse
from diebian.base.exchange.requests.disputing import WITHHELD
from diebian.base.exchange.requests.dues import due_of
from diebian.base.exchange.requests.refusals import UnderDispute, WrongState
from diebian.base.exchange.tests.people import (
    BUREAU,
    CONSUMER,
    FOREVER,
    OTHER,
    PROVIDER,
    SYSTEM,
    a_resource,
    a_submitted_request,
    an_entry,
    ask,
    department,
    who,
)
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import PLATFORM, Post, Refused, register_system
from diebian.standards.sharing import SharingType
from tests.browsing import browser
from tests.days import a_calendar

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 4, 2, tzinfo=UTC)
HEAD, ASKER = (Post.DATA_HEAD, PROVIDER), (Post.APPLICANT, CONSUMER)


def test_a_request_goes_back_into_the_flow_as_agreed_and_its_provision_clock_starts() -> None:
    a_calendar()
    register_system(code=SYSTEM, name="样例系统", department=department(CONSUMER), by=PLATFORM)
    with clock.held_at(WEDNESDAY):
        request = _refused()
        made = open_dispute(kind=REFUSAL, about=str(request.pk), grounds="确需", by=who(*ASKER))
        with pytest.raises(UnderDispute):
            ask()
    with clock.held_at(WEDNESDAY + timedelta(days=7)):
        give_way(dispute_id=made.public_id, text="核对后符合条件", by=who(*HEAD))
        request.refresh_from_db()
        assert request.state == RequestState.AGREED
        assert str(due_of(request)) == "最晚 12 月 9 日（周三）开通"
        assert request.valid_to == FOREVER + timedelta(days=7)  # the dispute ate nothing of it
        with pytest.raises(WrongState):
            refuse(request_id=request.pk, reason="还是不行", by=who(*HEAD))  # it is bound
        page = browser(who(*ASKER)).get(f"/exchange/requests/{request.pk}/").content.decode()
        assert "双方协商一致：核对后符合条件" in page
        assert "争议有了结果，按裁定同意" in page
        provision(request_id=request.pk, by=PLATFORM)


def test_only_whoever_asked_disputes_a_refusal_and_only_one_that_stands() -> None:
    request = _refused()
    about = str(request.pk)
    for actor, error in [
        ((Post.APPLICANT, OTHER), NotFound),
        ((Post.AUTHORITY, BUREAU), Refused),
        (HEAD, Refused),
    ]:
        assert doorway(REFUSAL, about, who(*actor)) is None
        with pytest.raises(error):
            open_dispute(kind=REFUSAL, about=about, grounds="确需", by=who(*actor))
    page = browser(who(*ASKER)).get(f"/exchange/requests/{request.pk}/").content.decode()
    assert f"/disputes/new/{REFUSAL}/{request.pk}/" in page
    ask()  # the other way: on better terms, by the same purpose
    assert doorway(REFUSAL, about, who(*ASKER)) is None
    with pytest.raises(NotFound):
        open_dispute(kind=REFUSAL, about="9" * 30, grounds="确需", by=who(*ASKER))


def test_nobody_agrees_by_ruling_but_the_end_of_a_dispute() -> None:
    request = _refused()
    with pytest.raises(Refused):
        agree_by_ruling(request_id=request.pk, ruling="自己裁定", by=who(Post.AUTHORITY, BUREAU))


def test_what_is_not_shared_at_all_can_be_disputed_until_its_entry_says_otherwise() -> None:
    entry = an_entry(SharingType.NEVER)
    assert doorway(WITHHELD, str(entry), who(*HEAD)) is None  # its own
    page = browser(who(*ASKER)).get(f"/catalogue/{entry}/").content.decode()
    assert f"/disputes/new/{WITHHELD}/{entry}/" in page
    told = {"kind": WITHHELD, "about": str(entry), "grounds": "样例法要求共享"}
    made = open_dispute(**told, by=who(*ASKER))
    with pytest.raises(AlreadyOpen):
        open_dispute(**told, by=who(Post.DATA_HEAD, CONSUMER))
    open_dispute(**told, by=who(Post.APPLICANT, OTHER))  # another department's own
    done = give_way(dispute_id=made.public_id, text="应当共享", by=who(*HEAD))
    assert done.carried_out_at is None
    assert see_carried_out(by=PLATFORM) == 0
    _shared(entry)
    assert see_carried_out(by=PLATFORM) == 1


def _shared(entry: object) -> None:
    change = propose_change(
        entry_id=entry,  # type: ignore[arg-type]
        facts=EntryFacts(title="样例房屋", sharing=SharingType.CONDITIONAL, review_due=FOREVER,
                         items=[ItemFacts("面积", column="area")]),
        why="按争议的结果",
        secrecy_reviewed=True,
        privacy_assessed=True,
        by=who(Post.DATA_MANAGER, PROVIDER),
    )  # fmt: skip
    approve_change(entry_id=change.entry.public_id, by=who(*HEAD))
    publish_change(entry_id=change.entry.public_id, by=who(Post.AUTHORITY, BUREAU))


def _refused() -> ShareRequest:
    a_resource()
    request = a_submitted_request()
    return refuse(request_id=request.pk, reason="不符合条件", by=who(*HEAD))
