"""A figure opens into the rules that made it."""

import pytest

from diebian.base.process.decisions.reading import read_model
from diebian.base.process.decisions.refusals import NoSuchDecision, NotAllowed
from diebian.base.process.expressions.refusals import Unknown

from .files import asked, decision, file, given, knowledge, literal, table

DAYS = table(["< 100 | 5", ">= 100 | 10"], asks=("面积",))
FEE = table(['"餐饮" | 天数 * 2', "- | 天数"], asks=("类别",), policy="FIRST")
BODY = file(
    given("面积", "number"),
    given("类别", "string"),
    decision("天数", DAYS, ["i-面积"]),
    decision("费用", FEE, ["i-类别", "d-天数"]),
    decision("合计", literal("加一(费用) + 天数"), ["d-费用", "d-天数", "k-加一"], "number"),
    knowledge("加一", ["数"], literal("数 + 1")),
)


def test_the_outcome_tells_which_rules_of_which_tables_fired_in_their_order() -> None:
    told = read_model(BODY).evaluate("合计", {"面积": 120, "类别": "餐饮"})
    assert told.value == 31
    assert [(one.decision, one.rules, one.keys) for one in told.fired] == [
        ("天数", (2,), ("r2",)),
        ("费用", (1,), ("r1",)),
    ]


def test_a_file_tells_what_it_is_for_and_what_each_decision_needs() -> None:
    model = read_model(BODY)
    assert [one.name for one in model.tops] == ["合计"]
    assert sorted(model.inputs_of("合计")) == ["类别", "面积"]
    assert model.inputs_of("天数") == ["面积"]


def test_what_the_data_does_not_hold_is_an_incident() -> None:
    model = read_model(BODY)
    with pytest.raises(Unknown, match="面积"):
        model.evaluate("天数", {})
    with pytest.raises(NoSuchDecision):
        model.evaluate("别的", {})


def test_a_value_of_another_type_than_declared_is_an_incident() -> None:
    with pytest.raises(NotAllowed, match="应当是数字"):
        read_model(BODY).evaluate("天数", {"面积": "很大"})


def test_a_value_outside_of_the_columns_own_list_is_one_too() -> None:
    body = asked(['"甲" | 1', '"乙" | 2'], allowed='"甲", "乙"')
    with pytest.raises(NotAllowed, match='“a”只能是 "甲", "乙"'):
        read_model(body).evaluate("判定", {"a": "丙"})


def test_a_date_in_a_form_is_text_and_read_as_the_date_that_is_asked_for() -> None:
    told = table(['< @"2024-01-01" | "旧"', '>= @"2024-01-01" | "新"'], asks=("日期",))
    body = file(given("日期", "date"), decision("新旧", told, ["i-日期"]))
    assert read_model(body).evaluate("新旧", {"日期": "2024-01-01"}).value == "新"
