"""An order's life: opened by what was found, answered by people, closed by what is found later."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from diebian.base.lake.public import lake_table
from diebian.base.messages.public import unread
from diebian.base.quality.models import Order, OrderState, Rule
from diebian.base.quality.order_actions import dispute, mend, overrule, uphold
from diebian.base.quality.passes import Found
from diebian.base.quality.refusals import SaysNothing, WrongState
from diebian.base.quality.reminding import remind
from diebian.base.quality.rule_actions import end_rule
from diebian.base.quality.settling import Outcome, settle
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Post, Refused
from tests.days import a_calendar

from .people import AUTHORITY, OTHER, a_rule, a_table, an_official, who

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 9, tzinfo=clock.CITY_TIME)


@pytest.fixture
def rule(settings: Any, tmp_path: Any) -> Rule:
    settings.DIEBIAN_DATA = tmp_path
    a_calendar()
    a_table()
    return a_rule("filled", column="name")


def found(rule: Rule, failed: int, *, collected: datetime | None = None) -> Order | None:
    """As if a pass had found so many; `collected` is when the rows came."""
    table = replace(lake_table("people"), collected_at=collected)
    told = [Found(rule, 10, failed)]
    settle(outcomes=[Outcome(table, clock.now(), 1, 10, told)], asked_by=PLATFORM)
    return Order.objects.order_by("-pk").first()


def opened(rule: Rule) -> Order:
    order = found(rule, 3)
    assert order is not None
    return order


def test_an_answer_waits_for_rows_that_came_after_it(rule: Rule) -> None:
    with clock.held_at(MONDAY):
        order = opened(rule)
        mend(order_id=order.public_id, how="已在源头改好", by=who())
        found(rule, 3, collected=MONDAY - timedelta(hours=1))
        order.refresh_from_db()
        assert order.state == OrderState.MENDED  # the lake has not heard of it yet
    with clock.held_at(MONDAY + timedelta(hours=2)):
        found(rule, 2, collected=MONDAY + timedelta(hours=1))
        order.refresh_from_db()
        assert (order.state, order.times_reopened, order.failed_now) == (OrderState.OPEN, 1, 2)
        mend(order_id=order.public_id, how="这次真的改好", by=who())
    with clock.held_at(MONDAY + timedelta(days=40)):  # nothing came, and the day is over
        found(rule, 2, collected=MONDAY + timedelta(hours=1))
        order.refresh_from_db()
        assert (order.state, order.times_reopened) == (OrderState.OPEN, 2)
        found(rule, 0)
        order.refresh_from_db()
        assert order.state == OrderState.CLOSED
        with pytest.raises(WrongState):
            mend(order_id=order.public_id, how="再改", by=who())


def test_a_dispute_is_ruled_upon_by_the_authority(rule: Rule) -> None:
    bureau = an_official(who(*AUTHORITY))
    order = opened(rule)
    with pytest.raises(SaysNothing):
        dispute(order_id=order.public_id, reason="  ", by=who())
    dispute(order_id=order.public_id, reason="这几户没有姓名", by=who())
    assert unread(bureau.key).count() == 1
    found(rule, 3)
    for refused in (who(), who(Post.DATA_HEAD)):
        with pytest.raises(Refused):
            uphold(order_id=order.public_id, reason="是", by=refused)
    overrule(order_id=order.public_id, reason="应当有", by=bureau)
    dispute(order_id=order.public_id, reason="确实没有，附证明", by=who(Post.DATA_HEAD))
    uphold(order_id=order.public_id, reason="已核", by=bureau)
    order.refresh_from_db()
    assert order.state == OrderState.EXCUSED
    found(rule, 3)
    assert Order.objects.count() == 1  # as many may stand
    found(rule, 4)
    assert Order.objects.count() == 2
    actions = actions_on(order.audit_subject)
    assert [one.split(".")[-1] for one in actions] == ["disputed", "open", "disputed", "excused"]


def test_silence_climbs_the_ladder_up_to_the_authority(rule: Rule) -> None:
    manager, bureau = an_official(who()), an_official(who(*AUTHORITY))
    with clock.held_at(MONDAY):
        order = opened(rule)
        assert unread(manager.key).count() == 1
        with pytest.raises(Refused):
            remind(by=manager)
        assert remind(by=PLATFORM) == 0
    for days, told, rung in (
        (11, 1, "near"),
        (12, 0, "near"),
        (14, 1, "last"),
        (16, 1, "late"),
        (17, 0, "late"),
    ):
        with clock.held_at(MONDAY + timedelta(days=days)):
            assert remind(by=PLATFORM) == told, days
            order.refresh_from_db()
            assert order.reminded == rung
    assert (unread(manager.key).count(), unread(bureau.key).count()) == (4, 1)


def test_an_order_is_for_its_own_department_and_ends_with_its_rule(rule: Rule) -> None:
    order = opened(rule)
    with pytest.raises(NotFound):
        mend(order_id=order.public_id, how="改好", by=who(of=OTHER))
    with pytest.raises(Refused):
        mend(order_id=order.public_id, how="改好", by=who(*AUTHORITY))
    end_rule(rule_id=rule.public_id, by=who())
    order.refresh_from_db()
    assert order.state == OrderState.DROPPED
    found(rule, 3)
    assert Order.objects.count() == 1  # a pass that was under way opens nothing for it
