"""Overlaps, gaps and rules that are never chosen; the analysis against trying everything."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from diebian.base.process.decisions.analysis import MOST_OVERLAPS, Finding, Kind, analysed
from diebian.base.process.decisions.reading import read_model
from diebian.base.process.decisions.tables import Table
from diebian.base.process.expressions.scope import Scope

from .files import asked


def _findings(*rows: str, **more: object) -> list[Finding]:
    return analysed(_table(*rows, **more))


def _table(*rows: str, **more: object) -> Table:
    return read_model(asked(rows, **more)).tables[0]  # type: ignore[arg-type]


def _sentences(*rows: str, **more: object) -> list[str]:
    return [one.sentence for one in _findings(*rows, **more)]


def test_a_table_that_covers_everything_once_has_no_findings() -> None:
    assert _sentences("< 18 | 1", "[18..60) | 2", ">= 60 | 3") == []
    assert _sentences('"甲" | 1', 'not("甲") | 2') == []
    assert _sentences("true | - | 1", "false | < 5 | 2", "false | >= 5 | 3", asks=("a", "b")) == []


def test_an_overlap_names_its_rules_and_an_example() -> None:
    told = _findings("< 18 | 1", "[16..60) | 2", ">= 60 | 3")
    assert [one.rules for one in told] == [(1, 2)]
    assert told[0].sentence == "规则 1 和 2 同时适用：a 等于 16"
    assert told[0].line == 5


def test_rules_that_overlap_and_agree_are_no_finding_where_any_is_asked_for() -> None:
    assert _sentences("< 5 | 1", "- | 1", policy="ANY") == []
    assert _sentences("< 5 | 1", "- | 2", policy="ANY") == ["规则 1 和 2 同时适用：a 小于 5"]


def test_a_gap_is_told_with_an_example_in_words() -> None:
    assert _sentences("< 18 | 1", "> 60 | 3") == [
        "没有规则适用：a 等于 18",
        "没有规则适用：a 在 18 和 60 之间（如 39）",
        "没有规则适用：a 等于 60",
    ]
    assert _sentences('"甲" | 1') == ["没有规则适用：a 为其他文字"]
    assert _sentences('"甲" | 1', allowed='"甲"') == []
    assert _sentences('<= @"2024-01-01" | 1', '>= @"2024-01-03" | 1') == [
        "没有规则适用：a 为 2024-01-02"
    ]


def test_a_default_fills_every_gap_and_lists_have_none() -> None:
    assert _sentences("< 18 | 1", default="0") == []
    assert _sentences("< 18 | 1", "< 20 | 2", policy="COLLECT") == []


def test_rules_that_are_never_chosen_are_told() -> None:
    assert _sentences("- | 1", "< 5 | 2", policy="FIRST") == ["规则 2 永远不会用到"]
    assert _sentences("(5..5) | 1", "- | 2") == ["规则 1 永远不会用到"]
    assert _sentences('- | "甲"', '< 5 | "乙"', policy="PRIORITY", order='"甲", "乙"') == [
        "规则 2 永远不会用到"
    ]


def test_columns_that_ask_the_same_are_one() -> None:
    body = asked(["< 5 | >= 5 | 1", "- | - | 2"], asks=("a", "a"), policy="FIRST")
    assert [one.sentence for one in analysed(read_model(_once(body)).tables[0])] == [
        "规则 1 永远不会用到"
    ]


def test_an_output_that_the_table_does_not_list_is_told() -> None:
    assert _sentences('- | "丙"', order='"甲", "乙"') == ['规则 1 的输出 "丙" 不在允许的取值里']


def test_a_table_too_wide_to_be_walked_is_still_asked_for_overlaps() -> None:
    asks = tuple("abcdefghijkl")
    told = _findings(*(_wide(number) for number in range(1, 60)), asks=asks)
    assert told[0].rules == (1, 2)
    assert told[MOST_OVERLAPS].sentence.startswith("另有")
    assert any(one.kind is Kind.INCOMPLETE for one in told)


def _wide(number: int) -> str:
    cells = ("-" if number >> column & 1 else f"< {number}" for column in range(12))
    return " | ".join((*cells, str(number)))


def test_it_says_where_it_could_not_look() -> None:
    told = _findings("< b | - | 1", asks=("a", "b"))
    assert [one.kind for one in told] == [Kind.INCOMPLETE]
    assert "列“a”中“< b”" in told[0].sentence
    assert _findings('contains(?, "x") | 1')[0].kind is Kind.INCOMPLETE


def _once(body: bytes) -> bytes:
    """The same input, declared and required once."""
    line = b'<inputData id="i-a" name="a"><variable name="a"/></inputData>\n'
    return body.replace(line, b"", 1)


number_cells = st.one_of(
    st.just("-"),
    st.integers(0, 4).map(str),
    st.tuples(st.sampled_from(["<", "<=", ">", ">="]), st.integers(0, 4)).map(
        lambda told: f"{told[0]} {told[1]}"
    ),
    st.tuples(
        st.sampled_from("[("), st.integers(0, 2), st.integers(2, 4), st.sampled_from(")]")
    ).map(lambda told: f"{told[0]}{told[1]}..{told[2]}{told[3]}"),
    st.lists(st.integers(0, 4).map(str), min_size=1, max_size=2).map(
        lambda told: f"not({', '.join(told)})"
    ),
)
text_cells = st.sampled_from(["-", '"甲"', '"乙"', '"甲", "乙"', 'not("甲")'])
VALUES = [number / 2 for number in range(-2, 11)]
TEXTS = ["甲", "乙", "丙"]


@given(rows=st.lists(st.tuples(number_cells, text_cells), min_size=1, max_size=5))
@settings(max_examples=40)
def test_the_analysis_agrees_with_trying_everything(rows: list[tuple[str, str]]) -> None:
    cells = [f"{one} | {other} | {place}" for place, (one, other) in enumerate(rows)]
    table = _table(*cells, asks=("a", "b"))
    told = analysed(table)
    hits = [_fired(table, number, text) for number in VALUES for text in TEXTS]
    found = {one.rules for one in told if one.kind is Kind.OVERLAP}
    assert found == {pair for one in hits for pair in combinations(one, 2)}
    assert any(one.kind is Kind.GAP for one in told) == any(not one for one in hits)
    never = {one.rules[0] for one in told if one.kind is Kind.NEVER}
    assert never == set(range(1, len(rows) + 1)) - {number for one in hits for number in one}
    for one in told:
        if one.kind in (Kind.GAP, Kind.OVERLAP):
            fired = _fired(table, one.example.get("a", 0), one.example.get("b", "丙"))
            assert set(one.rules) <= set(fired)
            assert bool(one.rules) == bool(fired)


def _fired(table: Table, number: object, text: object) -> tuple[int, ...]:
    scope = Scope({})
    return tuple(
        rule.number
        for rule in table.rules
        if all(
            cell.passes(value, scope) is True
            for cell, value in zip(rule.cells, (number, text), strict=True)
        )
    )
