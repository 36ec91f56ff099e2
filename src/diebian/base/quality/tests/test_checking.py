"""All rules of a table in one pass over real rows of a real lake."""

from datetime import datetime, timedelta
from decimal import Decimal

import duckdb
import pytest
from django.core.management import call_command

from diebian.base.lake.public import open_lake
from diebian.base.quality.checking import check
from diebian.base.quality.models import Order, OrderState, Result, Rule, Run, RunState
from diebian.base.quality.refusals import NothingToCheck
from diebian.base.quality.selectors import due_slugs
from diebian.base.quality.view import Looker
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Refused

from .people import GOOD_ID, OTHER, a_published_entry, a_rule, a_table, filled, who

pytestmark = pytest.mark.usefixtures("lake_place")
ROWS = f"""\
1,{GOOD_ID},样例甲,76,1,1949-12-31,2026-01-01,01
2,110105194912310021,样例乙,150,2,1949-12-31,2026-01-01,01
3,11010519490230002X,样例丙,40,3,1949-02-28,1940-01-01,02
4,,,7,,2019-01-01,,03
5,{GOOD_ID},样例甲,76,1,1949-12-31,2026-01-01,
"""
AREAS = "1,01,东\n2,02,西\n"


def found() -> dict[str, tuple[int, int, list[str]]]:
    """Of each kind of rule: looked at, failed, ids of the failing rows."""
    last = Run.objects.order_by("-pk").first()
    results = Result.objects.filter(run=last).select_related("rule")
    return {
        one.rule.kind + "_when" * ("when_column" in one.rule.told): (
            one.checked,
            one.failed,
            [row["key"]["id"] for row in one.keys],
        )
        for one in results
    }


def test_every_kind_of_rule_counts_its_rows_in_one_pass() -> None:
    a_table()
    a_table("areas", {"id": "BIGINT", "code": "VARCHAR", "side": "VARCHAR"})
    a_rule("id_number", column="sfz")
    a_rule("filled", column="name")
    a_rule("unique", columns="sfz, name")
    a_rule("range", column="age", most="120")
    a_rule("length", column="name", least="2", most="3")
    a_rule("pattern", column="name", pattern="样例[甲乙]", says="样例的名字")
    a_rule("codes", column="sex", codes="1\n2\n9", says="性别代码")
    a_rule("reference", column="area", other="areas", other_column="code")
    a_rule("condition", column="born", relation="at_most", with_column="seen")
    a_rule(
        "condition", column="area", relation="filled",
        when_column="age", when_relation="above", when_value="70",
    )  # fmt: skip
    a_rule("agrees", column="name", by="area", other="areas", other_by="code", other_column="side")
    filled(AREAS, "areas", "id,code,side")
    filled(ROWS)
    assert due_slugs() == ["people"]
    (run,) = check(slugs=["people"], by=who())
    assert (run.state, run.rows, run.snapshot is not None) == (RunState.DONE, 5, True)
    assert found() == {
        "id_number": (4, 2, ["2", "3"]),
        "filled": (5, 1, ["4"]),
        "unique": (4, 2, ["1", "5"]),
        "range": (5, 1, ["2"]),
        "length": (4, 0, []),
        "pattern": (4, 1, ["3"]),
        "codes": (4, 1, ["3"]),
        "reference": (4, 1, ["4"]),
        "condition": (4, 1, ["3"]),
        "condition_when": (3, 1, ["5"]),
        "agrees": (3, 3, ["1", "2", "3"]),
    }
    parts = [2 / 4, 4 / 5, 2 / 4, 4 / 5, 1, 3 / 4, 3 / 4, 3 / 4, 3 / 4, 2 / 3, 0]
    assert run.score == Decimal(int(sum(parts) / len(parts) * 10000)) / 100
    assert due_slugs() == []


def test_a_mended_table_closes_its_orders_and_a_broken_promise_reopens_them() -> None:
    a_table()
    rule = a_rule("range", column="age", most="120")
    filled(ROWS)
    call_command("quality", "run", "people")
    order = Order.objects.get()
    assert (order.state, order.failed) == (OrderState.OPEN, 1)
    check(by=PLATFORM)
    assert Order.objects.count() == 1  # one for each rule, however often it is found
    assert [len(one.keys) for one in rule.results.order_by("pk")] == [0, 1]  # of the last run only
    filled(ROWS.replace(",150,", ",50,"))
    check(by=PLATFORM)
    order.refresh_from_db()
    assert (order.state, order.failed_now) == (OrderState.CLOSED, 0)
    filled(ROWS)
    check(by=PLATFORM)
    assert [one.state for one in Order.objects.order_by("pk")] == [
        OrderState.CLOSED, OrderState.OPEN,
    ]  # fmt: skip


def test_what_cannot_be_asked_is_told_and_stops_nothing_else() -> None:
    with pytest.raises(NothingToCheck):
        check(by=PLATFORM)
    a_table()
    a_rule("filled", column="name")
    (run,) = check(by=PLATFORM)
    assert (run.state, run.sentence) == (RunState.FAILED, "还没有归集过，湖里没有这张表")
    a_rule("filled", column="age")
    filled(ROWS)
    Rule.objects.filter(told__column="age").update(told={"column": "gone"})
    (run,) = check(by=PLATFORM)
    told = dict(Result.objects.filter(run=run).values_list("rule__told__column", "sentence"))
    assert told == {"name": "", "gone": "没有查：“样例表 people”没有列“gone”"}
    assert (run.rows, run.score) == (5, Decimal("80"))
    with pytest.raises(Refused):
        check(slugs=["people"], by=who(of=OTHER))


def test_a_promise_of_updates_is_broken_by_silence() -> None:
    a_table(entry=a_published_entry())  # promised for each month
    a_rule("timely")
    a_rule("timely", column="seen")
    filled(ROWS)
    with clock.held_at(datetime(2026, 1, 20, tzinfo=clock.CITY_TIME)):
        check(by=PLATFORM)
        assert [one.failed for one in Result.objects.order_by("rule")] == [0, 0]
    with clock.held_at(clock.now() + timedelta(days=40)):
        (run,) = check(by=PLATFORM)
    assert [one.failed for one in run.results.order_by("rule")] == [1, 1]
    assert (run.rows, run.score) == (5, Decimal(0))


def test_what_is_held_of_the_lake_is_held_again_after_an_error() -> None:
    a_table("areas", {"id": "BIGINT", "code": "VARCHAR", "side": "VARCHAR"})
    filled(AREAS, "areas", "id,code,side")
    with open_lake() as lake:
        looker = Looker(lake.duck, {"areas": '"#areas"'})
        with pytest.raises(duckdb.Error):
            looker.answer("SELECT 1 FROM nowhere")
        assert looker.answer('SELECT count(*) FROM "#areas"') == [(2,)]
