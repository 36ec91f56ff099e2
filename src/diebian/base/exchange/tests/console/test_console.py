"""What was called: counts that are lists, for whoever may know them."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import parse_qsl

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Count, Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from diebian.base.exchange.broker.models import GrantDay
from diebian.base.exchange.console.call_lines import Heap, lines_by
from diebian.base.exchange.console.call_list import call_list
from diebian.base.exchange.console.selectors import console
from diebian.base.exchange.metering.asked_calls import Question, question_from
from diebian.base.exchange.metering.models import Call, CallHour, CallTime
from diebian.base.exchange.tests.people import (
    BUREAU,
    CONSUMER,
    OTHER,
    PROVIDER,
    SLUG,
    SYSTEM,
    a_grant,
    a_resource,
    department,
    who,
)
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post
from tests.browsing import browser

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)
AUTHORITY, PROVIDES = (Post.AUTHORITY, BUREAU), (Post.DATA_HEAD, PROVIDER)
SYSTEMS_OF_GRANTS = 'SELECT DISTINCT "exchange_grant"."system"'
_places = count()


def test_every_figure_is_the_number_of_calls_that_it_leads_to() -> None:
    _a_day()
    with clock.held_at(NOON):
        told = console(who(*AUTHORITY), Question())
        assert {one.title: one.count for one in told.figures} == {
            "调用": 6, "已答复": 2, "没有授权": 2, "超过额度": 1, "对方系统或平台没有答上": 1,
        }  # fmt: skip
        for one in told.figures:
            assert one.count == _listed(one.query)


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


@pytest.mark.parametrize("page", [console, call_list])
def test_whose_calls_a_reader_may_know_is_asked_once_for_a_page(
    page: Callable[[Actor, Question], object],
) -> None:
    _a_day()
    with clock.held_at(NOON), CaptureQueriesContext(connection) as asked:
        page(who(*PROVIDES), Question(provider=department(PROVIDER)))
    of_systems = [one for one in asked if one["sql"].startswith(SYSTEMS_OF_GRANTS)]
    assert len(of_systems) == 1


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
    strange = "?days=x&outcome=y&resource='&system=%F0%9F%A6%8B&page=-1"
    page = browser(who(*AUTHORITY)).get(f"/exchange/calls/{strange}")
    assert (page.status_code, "没有这样的调用" in page.content.decode()) == (200, True)


def test_it_is_told_by_providing_department_too_and_leads_to_its_calls() -> None:
    _a_day()
    with clock.held_at(NOON):
        told = console(who(*AUTHORITY), Question()).by_provider
        assert [(line.name, line.calls, line.p95) for line in told] == [
            (PROVIDER, 5, 900),
            ("没有表明", 1, 10),
        ]
        first = told[0]
        assert _listed(first.query) == 5
        assert _listed(first.answered_query) == first.answered == 2
        assert _listed(first.troubled_query) == first.troubled == 3


def test_the_course_of_today_is_by_hour_of_thirty_days_by_day_and_each_leads_to_its_calls() -> None:
    _a_day()
    _call(at=NOON - timedelta(hours=5), status=503)
    _call(at=NOON - timedelta(days=2))
    with clock.held_at(NOON + timedelta(minutes=59)):
        today = console(who(*AUTHORITY), Question()).course
        month = console(who(*AUTHORITY), Question(days="30")).course
        assert [one.label for one in today.columns] == [f"{hour} 时" for hour in range(13)]
        assert {one.label: (one.calls, one.answered) for one in today.columns if one.calls} == {
            "7 时": (1, 0), "12 时": (6, 2),
        }  # fmt: skip
        assert len(month.columns) == 30
        assert {one.label: one.calls for one in month.columns if one.calls} == {
            "11-23": 1, "11-25": 7,
        }  # fmt: skip
        for one in [*today.columns, *month.columns]:
            told = [_listed(asked) for asked in (one.query, one.answered_query, one.troubled_query)]
            assert [one.calls, one.answered, one.troubled] == told
        assert "最多的是 12 时，6 次" in today.says
        page = browser(who(*AUTHORITY)).get("/exchange/console/?days=30").content.decode()
    assert "每天的调用" in page
    assert "at=2026-11-23" in page


def test_what_is_counted_is_what_is_written_however_it_came_and_a_call_is_never_altered() -> None:
    _a_day()
    Call.objects.bulk_create(
        Call(instance="b", inode=2, offset=number, at=NOON + timedelta(minutes=number),
             request_id=f"b{number}", route=SLUG, system=SYSTEM, status=200, milliseconds=3)
        for number in range(200)
    )  # fmt: skip
    rows = Call.objects.values_list("status").annotate(of=Count("pk")).order_by("status")
    for counted in (CallHour, CallTime):
        told = counted.objects.values_list("status").annotate(of=Sum("calls"))
        assert list(told.order_by("status")) == list(rows)
    for change in (Call.objects.all().delete, lambda: Call.objects.update(status=200)):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_the_95th_percentile_is_the_databases_own(times: list[int]) -> None:
    heaps = [Heap("r", "s", "answered", one, of, NOON) for one, of in Counter(times).items()]
    [line] = lines_by("resource", lambda route, _: route, {}, heaps, Question())
    with connection.cursor() as cursor:
        cursor.execute(
            "select percentile_disc(0.95) within group (order by v) from unnest(%s) as t(v)",
            [times],
        )
        assert cursor.fetchone() == (line.p95,)


def test_looking_costs_the_same_number_of_queries_whatever_there_is() -> None:
    _a_day()
    with clock.held_at(NOON):
        few = _queries()
        for number in range(40):
            _call(status=200 + number, milliseconds=number)
        assert _queries() == few


def _queries() -> int:
    with CaptureQueriesContext(connection) as captured:
        console(who(*AUTHORITY), Question())
    return len([one for one in captured if "exchange_call" in one["sql"]])


def _listed(query: str) -> int:
    """How many calls the list shows, where a figure leads."""
    asked = dict(parse_qsl(query.removeprefix("?")))
    found = call_list(who(*AUTHORITY), question_from(asked))
    assert found.page.paginator.count == len(found.rows)
    return len(found.rows)


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
