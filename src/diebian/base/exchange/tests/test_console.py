"""What was called: counts that are lists, for whoever may know them."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from diebian.base.exchange.console import Question, call_list, console, question_from
from diebian.base.exchange.models import Call, GrantDay
from diebian.kernel import clock
from diebian.security.identity.public import Post

from .people import (
    BUREAU,
    CONSUMER,
    OTHER,
    PROVIDER,
    SLUG,
    SYSTEM,
    a_grant,
    a_resource,
    browser,
    who,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)
AUTHORITY, PROVIDES = (Post.AUTHORITY, BUREAU), (Post.DATA_HEAD, PROVIDER)
_places = count()


def test_every_figure_is_the_number_of_calls_that_it_leads_to() -> None:
    _a_day()
    with clock.held_at(NOON):
        told = console(who(*AUTHORITY), Question())
        assert {one.title: one.count for one in told.figures} == {
            "调用": 6, "已答复": 2, "没有授权": 2, "超过额度": 1, "对方系统或平台没有答上": 1,
        }  # fmt: skip
        for one in told.figures:
            asked = dict(pair.split("=") for pair in one.query[1:].split("&"))
            found = call_list(who(*AUTHORITY), question_from(asked))
            assert found.page.paginator.count == one.count == len(found.rows)


def test_lines_add_up_and_tell_the_slow() -> None:
    _a_day()
    with clock.held_at(NOON):
        told = console(who(*AUTHORITY), Question())
    assert [(line.name, line.calls, line.answered, line.p95) for line in told.by_resource] == [
        ("样例房屋查询", 5, 2, 900),
        ("没有表明", 1, 0, 10),
    ]
    assert sum(line.calls for line in told.by_system) == 6


def test_a_department_sees_what_it_provides_and_what_it_calls_and_nothing_else() -> None:
    _a_day()
    with clock.held_at(NOON):
        counts = {
            of: console(who(Post.DATA_HEAD, of), Question()).figures[0].count
            for of in (PROVIDER, CONSUMER, OTHER)
        }
    assert counts == {PROVIDER: 5, CONSUMER: 4, OTHER: 0}


def test_yesterday_is_another_day() -> None:
    a_resource()
    a_grant()
    _call(at=NOON - timedelta(hours=12, seconds=1))
    with clock.held_at(NOON):
        assert console(who(*AUTHORITY), Question()).figures[0].count == 0
        assert console(who(*AUTHORITY), Question(days="7")).figures[0].count == 1


def test_a_limit_shows_how_much_of_it_is_used() -> None:
    a_resource()
    grant = a_grant(daily_limit=4)
    with clock.held_at(NOON):
        GrantDay.objects.create(grant=grant, day=clock.today(), used=3)
        [quota] = console(who(*PROVIDES), Question()).quotas
        assert (quota.used, quota.percent) == (3, 75)
        assert console(who(Post.DATA_HEAD, OTHER), Question()).quotas == []


def test_strange_questions_find_nothing_and_break_nothing() -> None:
    strange = "?days=x&outcome=y&resource=%00'&system=%F0%9F%A6%8B&page=-1"
    page = browser(who(*AUTHORITY)).get(f"/exchange/calls/{strange}")
    assert (page.status_code, "没有这样的调用" in page.content.decode()) == (200, True)


def _a_day() -> None:
    a_resource()
    a_grant()
    for status, milliseconds in ((200, 20), (200, 30), (429, 1), (503, 900)):
        _call(status=status, milliseconds=milliseconds)
    _call(status=403, system="a-stranger", milliseconds=2)
    _call(status=401, system="", route="", milliseconds=10)


def _call(
    *,
    status: int = 200,
    system: str = SYSTEM,
    route: str = SLUG,
    milliseconds: int = 5,
    at: datetime = NOON,
) -> None:
    place = next(_places)
    Call.objects.create(
        instance="sample",
        inode=1,
        offset=place,
        at=at,
        request_id=f"call-{place}",
        route=route,
        system=system,
        status=status,
        milliseconds=milliseconds,
    )
