"""What is outside of the subset is refused at reading, with its place; what goes wrong with the
data is an incident; nothing becomes null in silence.
"""

from decimal import Decimal

import pytest

from diebian.base.process.expressions.expression import read, read_cell
from diebian.base.process.expressions.refusals import (
    Mistaken,
    OutOfReach,
    Refused,
    TooMuch,
    Unknown,
)
from diebian.base.process.expressions.scope import Semantics

OUTSIDE = [
    ("", 0), ("1 +", 3), ("a b", 2), ("(1", 2), ("[1, 2", 5), ("{a 1}", 1), ("1 < 2 < 3", 6),
    ('matches(a, "x")', 0), ("now()", 0), ("today()", 0), ('"open', 0), ("@1", 1),
    ('@"2024-13-01"', 0),
    ("count()", 0), ("substring(string: 1, begin: 2)", 0), ("f(a: 1, 2)", 1), ("{a: 1, a: 2}", 7),
    ("function(x) external {java: 1}", 12), ("1 instance of Klass", 14), ("(= 5)", 0), ("a.", 2),
    ("1 $ 2", 2), ('date and time("2024-01-01", 1, 2)', 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at"), OUTSIDE)
def test_it_is_refused_with_its_place_and_a_sentence(text: str, at: int) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.at == at
    assert refused.value.why


def test_a_name_that_nobody_declared_is_refused_where_names_are_closed() -> None:
    with pytest.raises(Refused, match="不认识的名称“ago”"):
        read("age + ago", names={"age"}, is_closed=True)


@pytest.mark.parametrize(
    "text", ["1 / 0", '"a" + 1', "sum([1, true])", "-true", '@"P1D" + 1', "{a: 1}.b"]
)
def test_what_is_constant_and_can_never_be_worked_out_is_refused_at_reading(text: str) -> None:
    with pytest.raises(Refused):
        read(text)
    assert read(text, semantics=Semantics.STANDARD).evaluate({}) is None


@pytest.mark.parametrize("text", ["x + 1", "x.y", "x[1].y.z", "if x then 1 else 2", "[1][x]"])
def test_a_name_that_the_data_does_not_hold_is_an_incident(text: str) -> None:
    with pytest.raises(Unknown) as unknown:
        read(text).evaluate({})
    assert unknown.value.name == "x"


def test_a_member_that_the_data_does_not_hold_is_one_too_and_an_empty_one_is_null() -> None:
    told = read("x.y")
    with pytest.raises(Unknown, match="y"):
        told.evaluate({"x": {}})
    assert told.evaluate({"x": {"y": None}}) is None
    assert told.evaluate({"x": None}) is None
    assert read("x.y", semantics=Semantics.STANDARD).evaluate({"x": {}}) is None


@pytest.mark.parametrize("text", [
    "x < 1", "x + 1", "x and true", "not(x)", "if x then 1 else 2",
    "x between 1 and 2", "x in [1..2]", "x.y", "abs(x)", "x(1)",
])  # fmt: skip
def test_what_does_not_fit_is_an_incident_with_its_place(text: str) -> None:
    with pytest.raises(Mistaken, match=r"第 \d+ 个字符"):
        read(text).evaluate({"x": "文字"})
    assert read(text, semantics=Semantics.STANDARD).evaluate({"x": "文字"}) in (None, False)


def test_a_cell_that_compares_other_kinds_is_an_incident() -> None:
    with pytest.raises(Mistaken, match="分不出先后"):
        read_cell("< 5").passes("5", {})


@pytest.mark.parametrize("text", ["-2017-12-31", "10000-01-01", "2024-01-01T00:00:00.1234567"])
@pytest.mark.parametrize("semantics", Semantics)
def test_dates_beyond_our_reach_are_never_null(text: str, semantics: Semantics) -> None:
    with pytest.raises(OutOfReach):
        read("date and time(a)", semantics=semantics).evaluate({"a": text})


BOMBS = [
    "9 ** 9 ** 9 ** 9 ** 9", "for a in 1..900, b in 1..900 return 1",
    "{a: [1,1,1,1,1,1,1,1], b: [a,a,a,a,a,a,a,a], c: [b,b,b,b,b,b,b,b], d: [c,c,c,c,c,c,c,c],"
    " e: [d,d,d,d,d,d,d,d], f: string(e)}",
    "{f: function(g, x) g(g, x + 1), r: f(f, 1)}", "for a in 1..999999999 return a",
    "{a: string join(for i in 1..999 return \"0123456789\", \"\"),"
    " b: string join(for i in 1..999 return a, \"\")}",
]  # fmt: skip


@pytest.mark.parametrize("text", BOMBS)
def test_a_bomb_is_told_as_too_much(text: str) -> None:
    with pytest.raises((Refused, TooMuch)):
        read(text).evaluate({})


@pytest.mark.parametrize(
    "text", ["(" * 5000 + "1", "-" * 5000 + "1", "1" + "+1" * 4000, "[" * 900, "a" * 10_001,
             "if " * 3000, "a" + ".b" * 3000, "not(" * 2000]
)  # fmt: skip
def test_what_is_nested_too_deeply_is_refused_and_not_fallen_over(text: str) -> None:
    with pytest.raises(Refused):
        read(text)


def test_a_long_name_is_no_riddle() -> None:
    """A name is looked at once, however nearly it is one."""
    context = {"a" * 5_000 + "!": 1}
    assert read("string(a)").evaluate({"a": context}).startswith('{"aaa')


@pytest.mark.parametrize(
    "number", [float("nan"), float("inf"), Decimal("sNaN"), Decimal("1E+9999")]
)
def test_what_is_no_number_or_beyond_all_size_does_not_come_in(number: object) -> None:
    with pytest.raises(Mistaken):
        read("a < 1").evaluate({"a": number})


@pytest.mark.parametrize("text", ['-duration("P999999999DT23H")', 'duration("-P999999999DT23H")'])
def test_the_longest_durations_are_refused_and_not_fallen_over(text: str) -> None:
    with pytest.raises((Refused, OutOfReach)):
        read(text).evaluate({})


def test_data_that_is_nested_too_deeply_is_refused() -> None:
    deep: object = 1
    for _ in range(100):
        deep = [deep]
    with pytest.raises(TooMuch):
        read("a").evaluate({"a": deep})
