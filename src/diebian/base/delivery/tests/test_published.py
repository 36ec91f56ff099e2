"""What the bench of the published figures sets itself, and when it says that it is reached."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.base.delivery.bench.published.figures import compared
from diebian.base.delivery.bench.published.plan import (
    FiguresMissing,
    plan_of,
    published_in,
    shares,
    sizes,
)
from diebian.standards.profile import load

CITY = Path(__file__).parents[5] / "cities/tieling"
PUBLISHED = {
    "city_departments_sharing": 36, "catalogue_entries_city": 2057, "county_departments": 396,
    "catalogue_entries_county": 5405, "resources_table": 1101, "rows_collected": 15324904,
    "resources_file": 663, "resources_interface": 104, "resources_total": 1868,
    "upper_resources_called": 49, "upper_calls": 48368, "local_resources_called": 7,
    "local_calls": 1665551, "exam_score_calls": 1310000,
}  # fmt: skip


def test_the_figures_are_those_of_the_citys_own_file() -> None:
    assert published_in(load(CITY)).items() >= PUBLISHED.items()


def test_the_whole_plan_is_what_was_published() -> None:
    plan = plan_of(PUBLISHED)
    lines = compared(PUBLISHED, PUBLISHED, plan, [])
    assert all(line.is_reached for line in lines)
    assert (plan.tables + plan.files + plan.interfaces, plan.one_in) == (1868, 1)


def test_of_a_part_each_kind_is_there_and_the_catalogue_is_whole() -> None:
    plan = plan_of(PUBLISHED, one_in=100_000)
    assert (plan.entries, plan.county_entries) == (2057, 5405)
    assert (plan.tables, plan.files, plan.interfaces, plan.season_calls) == (1, 1, 7, 13)
    assert (plan.upper_kinds, plan.upper_calls, plan.local_kinds) == (49, 49, 7)


def test_so_many_calls_keep_the_published_proportions_and_all_the_rest_is_whole() -> None:
    plan = plan_of(PUBLISHED, calls=171_391)
    assert (plan.upper_calls, plan.local_calls, plan.season_calls) == (4836, 166_554, 130_999)
    assert (plan.rows, plan.tables) == (15324904, 1101)


def test_a_city_that_has_published_nothing_is_told_so() -> None:
    with pytest.raises(FiguresMissing, match="rows_collected"):
        plan_of({name: of for name, of in PUBLISHED.items() if name != "rows_collected"})


def test_one_call_less_is_not_reached_and_one_more_only_where_more_was_published() -> None:
    plan = plan_of(PUBLISHED)
    for name, value in PUBLISHED.items():
        for changed, is_reached in ((-1, False), (1, name == "exam_score_calls")):
            own = {**PUBLISHED, name: value + changed}
            lines = compared(own, PUBLISHED, plan, ["exam_score_calls"])
            assert {line.figure for line in lines if not line.is_reached} == (
                set() if is_reached else {name}
            )


@given(st.integers(1, 1200), st.integers(0, 10**7))
def test_the_tables_have_exactly_so_many_rows_and_none_is_empty(tables: int, more: int) -> None:
    made = sizes(tables, rows := 20 * tables + more)
    assert (len(made), sum(made.values())) == (tables, rows)
    assert min(made.values()) >= 1


@given(st.integers(0, 10**6), st.integers(1, 60))
def test_calls_are_shared_out_evenly_to_the_last(calls: int, kinds: int) -> None:
    each = shares(calls, kinds)
    assert (len(each), sum(each)) == (kinds, calls)
    assert max(each) - min(each) <= 1
