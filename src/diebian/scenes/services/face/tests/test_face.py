"""Everybody sees who handles what in how many days and how often on time, and nobody by it."""

from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis.strategies import dictionaries, integers, lists

from diebian.scenes.services import actions
from diebian.scenes.services.face import selectors
from diebian.scenes.services.face.actions import keep_months
from diebian.scenes.services.limits.selectors import punctuality
from diebian.scenes.services.limits.tests.moments import PROMISED, accepted_case, on
from diebian.scenes.services.models import ItemMonth, ServiceItem
from diebian.scenes.services.small import in_runs, stand_alone
from diebian.scenes.services.tests.people import OWNER, who
from diebian.security.identity.public import PLATFORM, Refused
from diebian.standards.opening import SMALLEST_GROUP

K = SMALLEST_GROUP.k
APRIL = date(2026, 4, 1)


def counted() -> None:
    timely, late = accepted_case(), accepted_case()
    with on(PROMISED):
        actions.approve(case_no=timely.case_no, by=who("reviewer"))
    told = actions.Overrun("volume", "月末集中")
    with on(date(2026, 3, 24)):
        actions.approve(case_no=late.case_no, overrun=told, by=who("reviewer"))
    with on(APRIL):
        assert keep_months(by=PLATFORM) == 2


def kept(month: int, received: int) -> None:
    item = ServiceItem.objects.get(code="S1")
    with on(APRIL):
        ItemMonth.objects.create(
            item=item, month=date(2026, month, 1), received=received, decided=received,
            kept_promise=received, kept_law=received, kept_at="2026-04-01T00:00Z",
        )  # fmt: skip


def test_what_is_kept_is_what_the_desk_derives() -> None:
    counted()
    [line] = punctuality(who("supervisor"), PROMISED)
    row = ItemMonth.objects.get(month=date(2026, 3, 1))
    assert (row.received, row.decided) == (2, line.decided)
    assert (row.kept_promise, row.kept_law) == (line.kept_promise, line.kept_law) == (1, 2)
    assert row.causes == {"volume": 1}


def test_nothing_new_counts_nothing_and_only_the_platform_counts() -> None:
    counted()
    with on(date(2026, 4, 2)):
        assert keep_months(by=PLATFORM) == 0
        with pytest.raises(Refused):
            keep_months(by=who("supervisor"))


def test_a_department_shows_its_counts_and_reasons_and_an_item_of_few_does_not() -> None:
    counted()
    with on(APRIL):
        told = selectors.front("", "decided")
        [line] = [one for one in told.departments if one.code == OWNER]
        assert line.counts.promise_share == "50.0%"
        assert line.counts.reasons == [("办件集中，人手不够", 1)]
        page = selectors.department(OWNER, "late")
        assert [one.counts for one in page.lines] == [None]
        assert page.others.decided == 2
        assert selectors.one_item("S1").spans == []


def test_an_item_of_many_opens_to_months_that_stand_for_enough() -> None:
    for month, received in ((1, K), (2, 1), (3, K - 1)):
        kept(month, received)
    with on(APRIL):
        told = selectors.one_item("S1")
    assert told.line.counts is not None
    assert [(span.first.month, span.last.month, span.counts.received) for span in told.spans] == [
        (1, 1, K),
        (2, 3, K),
    ]


def test_what_few_came_for_is_not_found_by_taking_lines_from_the_whole() -> None:
    assert stand_alone({"a": 90, "b": K, "c": 3}) == ["a"]
    assert stand_alone({"a": 90, "b": K, "c": K}) == ["a", "b", "c"]
    assert stand_alone({"a": 90, "b": 12, "c": 12}) == ["a"]
    assert in_runs([K, 1, 2], int) == [[K, 1, 2]]
    assert in_runs([1, 2], int) == []


@given(dictionaries(integers(), integers(0, 3 * K), max_size=8))
def test_whatever_stands_apart_or_together_is_large(counts: dict[int, int]) -> None:
    large = stand_alone(counts)
    rest = [key for key in counts if key not in large]
    assert all(counts[key] >= K for key in large)
    if large and rest:
        assert len(rest) > 1
        assert sum(counts[key] for key in rest) >= K


@given(lists(integers(0, 2 * K), max_size=14))
def test_runs_are_large_and_leave_nothing_out(months: list[int]) -> None:
    runs = in_runs(months, int)
    assert all(sum(run) >= K for run in runs)
    if runs:
        assert [month for run in runs for month in run] == months


def test_the_pages_are_everybodys() -> None:
    counted()
    visitor = Client()
    for address in (
        "/record/?q=样例&sort=late", f"/record/{OWNER}/?sort=slow", "/record/items/S1/",
    ):  # fmt: skip
        assert visitor.get(address).status_code == 200
    assert "合在部门里" in visitor.get(f"/record/{OWNER}/").content.decode()
    assert visitor.get("/record/nobody/").status_code == 404
