"""A number on the wall is what its rows say: for every figure that is registered, on real cases."""

from datetime import date, timedelta

import pytest

from diebian.base.directory.public import counties
from diebian.brain.indicators.public import (
    Indicator,
    Level,
    Tally,
    concerns,
    indicators,
    last_hours,
    total,
)
from diebian.kernel import clock
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.selectors import clock_of

from .day import NOON, a_case

pytestmark = [pytest.mark.usefixtures("_busy_day"), pytest.mark.django_db]
TODAY = date(2026, 11, 25)
DAYS = (TODAY, TODAY - timedelta(days=1), date(2026, 10, 31))
EVERYTHING = 1000


def value(slug: str, county: str = "", day: date = TODAY) -> float | None:
    figure = indicators.get(slug)
    return figure.number(figure.rows(day, county).tally())


@pytest.mark.parametrize("figure", list(indicators), ids=lambda figure: figure.slug)
def test_a_number_is_what_its_rows_say(figure: Indicator) -> None:
    for day in DAYS:
        for county in ["", *counties()] if figure.classes else [""]:
            rows = figure.rows(day, county)
            lines = rows.page(0, EVERYTHING)
            said = Tally(len(lines), sum(line.weight for line in lines))
            assert rows.tally() == said
            assert figure.number(rows.tally()) == figure.number(said)
            assert all(len(line.cells) == len(figure.columns) for line in lines)
        if figure.classes:
            assert total(figure.by_county(day).values()) == figure.rows(day).tally()


@pytest.mark.parametrize("figure", list(indicators), ids=lambda figure: figure.slug)
def test_no_figure_of_the_day_is_empty(figure: Indicator) -> None:
    assert figure.rows(TODAY).tally().rows


@pytest.mark.parametrize("figure", list(indicators), ids=lambda figure: figure.slug)
def test_the_hours_of_a_figure_add_up(figure: Indicator) -> None:
    rows = figure.read(last_hours(24))
    assert total(rows.by_hour().values()) == rows.tally()


def test_the_figures_of_a_known_day() -> None:
    assert value("cases-today") == 5
    assert value("cases-today", day=DAYS[1]) == 1
    assert value("materials-spared") == 15  # three of four materials, five cases
    assert value("calls-today") == 7
    assert value("calls-refused") == 1
    assert value("call-time") == 25
    assert value("waiting-upstream") == 2
    assert value("on-time") == 66.6  # cut, never rounded up
    assert value("licences") == 3
    assert value("licences", county=next(iter(counties()))) == 2


def test_on_time_agrees_with_the_clock_of_each_case() -> None:
    figure = indicators.get("on-time")
    lines = figure.rows(TODAY).page(0, EVERYTHING)
    for line in lines:
        assert line.act is not None
        case = Case.objects.get(case_no=line.act.number)
        decided = case.events.get(kind="decided").at.astimezone(clock.CITY_TIME).date()
        due = clock_of(case).promised_due
        assert due is not None
        assert line.weight == (decided <= due)
    assert {line.weight for line in lines} == {0, 1}


def test_the_day_of_the_city_begins_at_its_own_midnight() -> None:
    just_after = NOON.replace(hour=0) - timedelta(hours=7, minutes=59)  # 00:01 in the city
    before = value("cases-today")
    a_case(just_after)
    assert before is not None
    assert value("cases-today") == before + 1


def test_a_month_without_decisions_has_no_share() -> None:
    assert value("on-time", day=date(2026, 10, 1)) is None


def test_concerns_tell_whose_turn_and_until_when() -> None:
    late = a_case(NOON - timedelta(days=30), county=0)
    near = a_case(NOON - timedelta(days=14), county=0)
    fresh = a_case(NOON, county=0)
    near_promise = concerns.get("near-promise").read()
    told = {one.act.number: one for one in near_promise.shown if one.act}
    assert told[late.case_no].level == Level.NOW
    assert told[late.case_no].left == "超 12 个工作日"
    assert told[near.case_no].level in (Level.NOW, Level.SOON)
    assert "审核岗" in told[late.case_no].whose
    assert fresh.case_no not in told


def test_one_concern_tells_since_when_a_system_keeps_cases_waiting() -> None:
    with clock.held_at(NOON + timedelta(minutes=34)):
        waiting = concerns.get("waiting").read()
    [one] = waiting.shown
    assert one.what == "2 件在等：房屋查询"
    assert one.left == "已 34 分"
    assert "11 月 25 日 12:00 起" in one.note


def test_a_case_that_waits_no_more_is_no_concern() -> None:
    Case.objects.filter(state=State.RECEIVED).update(state=State.WITHDRAWN)
    assert concerns.get("waiting").read().count == 0
