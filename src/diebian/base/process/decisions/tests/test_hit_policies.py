"""Which rules are heard, against a small oracle that tries every rule."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diebian.base.process.decisions.hitting import RANKED, SINGLE
from diebian.base.process.decisions.reading import read_model
from diebian.base.process.decisions.refusals import ManyRules, NoRule
from diebian.base.process.expressions.scope import Semantics
from diebian.base.process.expressions.values import Value

from .files import asked

spans = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted)
tables = st.lists(st.tuples(spans, st.integers(0, 3)), min_size=1, max_size=6)
POLICIES = [
    *((one, "") for one in ("UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER")),
    *(("COLLECT", one) for one in ("", "SUM", "MIN", "MAX", "COUNT")),
]
ORDER = [2, 0, 3, 1]
EXPECTED: dict[str, Callable[[list[int]], Value]] = {
    "UNIQUE": lambda hits: hits[0] if len(hits) == 1 else None,
    "ANY": lambda hits: hits[0] if len(set(hits)) == 1 else None,
    "FIRST": lambda hits: hits[0],
    "PRIORITY": lambda hits: min(hits, key=ORDER.index),
    "RULE ORDER": list,
    "OUTPUT ORDER": lambda hits: sorted(hits, key=ORDER.index),
    "COLLECT": list,
    "SUM": sum, "MIN": min, "MAX": max, "COUNT": len,
}  # fmt: skip


@pytest.mark.parametrize(("policy", "aggregation"), POLICIES)
@given(told=tables, value=st.integers(-1, 7))
@settings(max_examples=8)
def test_a_table_answers_as_the_oracle(
    policy: str, aggregation: str, told: list[tuple[list[int], int]], value: int
) -> None:
    rows = [f"[{low}..{high}] | {output}" for (low, high), output in told]
    order = ", ".join(map(str, ORDER)) if policy in RANKED else ""
    body = asked(rows, policy=policy, aggregation=aggregation, order=order)
    hits = [output for (low, high), output in told if low <= value <= high]
    if hits:
        expected = EXPECTED[aggregation or policy](hits)
    else:
        expected = 0 if aggregation == "COUNT" else None if policy in SINGLE or aggregation else []
    model = read_model(body, semantics=Semantics.STANDARD)
    assert model.evaluate("判定", {"a": value}).value == expected


def test_two_rules_where_one_may_fire_are_an_incident_that_names_them() -> None:
    model = read_model(asked(["< 5 | 1", "> 3 | 2", "> 9 | 3"]))
    with pytest.raises(ManyRules, match="规则 1、2"):
        model.evaluate("判定", {"a": 4})


def test_any_asks_only_that_the_rules_agree() -> None:
    model = read_model(asked(['< 5 | "甲"', '> 3 | "甲"', '> 3 | "乙"'], policy="ANY"))
    assert model.evaluate("判定", {"a": 1}).value == "甲"
    with pytest.raises(ManyRules):
        model.evaluate("判定", {"a": 4})


def test_no_rule_at_all_is_an_incident_and_a_default_is_not() -> None:
    with pytest.raises(NoRule, match="判定"):
        read_model(asked(["< 5 | 1"])).evaluate("判定", {"a": 7})
    told = read_model(asked(["< 5 | 1"], default="0")).evaluate("判定", {"a": 7})
    assert told.value == 0
    assert told.fired[0].rules == ()


def test_several_outputs_are_one_value_with_names() -> None:
    body = asked(['< 5 | "批准" | a * 2'], gives=("结果", "天数"))
    told = read_model(body).evaluate("判定", {"a": 2})
    assert told.value == {"结果": "批准", "天数": Decimal(4)}
