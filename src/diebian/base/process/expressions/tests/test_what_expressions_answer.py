"""One line for each thing that FEEL can say here, as the product asks it."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from diebian.base.process.expressions.expression import read
from diebian.base.process.expressions.values import Months, Range, Value

DATA = {
    "age": 20, "name": "王芳", "is local": True, "born": date(2001, 2, 28), "nothing": None,
    "members": [{"name": "甲", "share": 60}, {"name": "乙", "share": 40}],
    "home": {"street name": "建设路", "floor": 3}, "count": 7,
}  # fmt: skip
D = Decimal

ANSWERS: list[tuple[str, Value]] = [
    ("1 + 2 * 3", D(7)), ("(1 + 2) * 3", D(9)), ("2 ** 3 ** 2", D(64)), ("-2 ** 2", D(4)),
    ("10 / 4", D("2.5")), ("0.1 + 0.2 = 0.3", True), ("1.2e3", D(1200)), ("7 - 2 - 1", D(4)),
    ('"a" + "b"', "ab"), (r'"\u4f60\n"', "你\n"), ("/* 说明 */ 1 // 说明", D(1)),
    ("age >= 18 and is local", True), ("age between 18 and 60", True), ("age != 20", False),
    ("null and false", False), ("null and true", None), ("null or true", True),
    ("nothing > 5", None), ("nothing = null", True), ("not(nothing)", None), ("nothing + 1", None),
    ("age in [18..60)", True), ("age in (<18, >60)", False), ("age in (20, 30)", True),
    ("age in ]20..30]", False), ("age in > 18", True), ('name in ["王芳", "李明"]', True),
    ('if age >= 18 then "成年" else "未成年"', "成年"), ("if nothing then 1 else 2", D(2)),
    ("home.street name", "建设路"), ("members.share", [D(60), D(40)]),
    ("members[share > 50].name", ["甲"]), ("members[1].name", "甲"), ("members[-1].share", D(40)),
    ("members[9]", None), ("[1,2,3][item > 1]", [D(2), D(3)]), ("count", D(7)),
    ("count(members)", D(2)), ("sum(members.share)", D(100)), ("max(3, 1, 2)", D(3)),
    ("for m in members return m.share / 10", [D(6), D(4)]),
    ("for i in 3..1 return i", [D(3), D(2), D(1)]),
    ("for i in 1..4 return if i = 1 then 1 else i * partial[-1]", [D(1), D(2), D(6), D(24)]),
    ("every m in members satisfies m.share > 30", True),
    ("some a in [1, 2], b in [2, 3] satisfies a = b", True),
    ("{a: 1, b: a + 1}.b", D(2)), ('{"大 小": 1}', {"大 小": D(1)}), ("[1..3]", Range(D(1), D(3))),
    ("[1..3).end included", False), ("(< 5)", Range(None, D(5), has_low=False, has_high=False)),
    ("sort([3, 1, 2], function(a, b) a < b)", [D(1), D(2), D(3)]),
    ("(function(x: number, y) x + y)(y: 1, x: 2)", D(3)), ("5 instance of number", True),
    ("[1] instance of list<string>", False), ("null instance of string", False),
    ('born + duration("P1Y")', date(2002, 2, 28)), ('@"2024-01-31" + @"P1M"', date(2024, 2, 29)),
    ('@"2024-03-01" - @"2024-02-01"', timedelta(days=29)), ("born.year", D(2001)),
    ('date(2024, 2, 29) > @"2024-02-28"', True), ('@"2024-01-05".weekday', D(5)),
    ('years and months duration(born, @"2024-02-27")', Months(22 * 12 + 11)),
    ('@"2024-01-01T08:00:00+08:00" = @"2024-01-01T00:00:00Z"', True),
    ('date and time("2024-01-01T24:00:00Z")', datetime(2024, 1, 2, tzinfo=UTC)),
    ('time("09:30:00") + duration("PT45M")', time(10, 15)), ('string(@"-P1DT2H")', "-P1DT2H"),
    ('@"P1Y" * 1.5', Months(18)), ('@"P3D" / @"P1D"', D(3)),
    ('string length("𠮷祥")', D(2)), ('substring("办事大厅", 3)', "大厅"),
    ('contains("abc", "b")', True),
    ('string join(["甲", null, "乙"], "、")', "甲、乙"),
    ('number("1,234.5", ",", ".")', D("1234.5")),
    ('string([1, "a", {b: null}])', '[1, "a", {b: null}]'), ("decimal(2.345, 2)", D("2.34")),
    ("round half up(2.345, 2)", D("2.35")), ("floor(-1.5)", D(-2)), ("modulo(-5, 3)", D(1)),
    ("distinct values([1, 1.0, [2], [2]])", [D(1), [D(2)]]),
    ("flatten([[1, [2]], 3])", [D(1), D(2), D(3)]),
    ("context put({a: 1}, \"b\", 2)", {"a": D(1), "b": D(2)}), ("before([1..3], 4)", True),
    ("all([true, null])", None), ("any([true, null])", True),
    ("append([1], 2, 3)", [D(1), D(2), D(3)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), ANSWERS)
def test_an_expression_answers(text: str, value: Value) -> None:
    members = {"street name"}
    told = read(text, names=DATA, members=members).evaluate(DATA)
    assert told == value
    assert type(told) is type(value)


def test_it_tells_which_names_and_paths_it_reads_but_not_what_it_makes_itself() -> None:
    told = read("for m in members return m.share + age + home.floor", names=DATA)
    assert told.names == {"members", "age", "home"}
    assert told.paths == {("members",), ("age",), ("home", "floor")}
    assert not told.is_constant


def test_what_a_filter_asks_of_its_items_is_no_name_of_the_data() -> None:
    told = read("form.members[share > limit and form.is on].name", names={"form", "limit"},
                members={"is on"})  # fmt: skip
    assert told.paths == {("form", "members"), ("limit",), ("form", "is on")}
    assert read("a[b > 1]").names == {"a", "b"}  # nobody said what the data holds


def test_a_function_is_no_name_of_the_data_unless_the_data_holds_one() -> None:
    assert read("count([1])").is_constant
    assert read("count + 1", names={"count"}).names == {"count"}


def test_what_reads_nothing_is_constant() -> None:
    assert read('{a: 1, b: [a, "x"]}').is_constant
    assert read("(function(x) x + 1)(2)").is_constant


def test_whole_and_broken_numbers_of_the_platform_are_decimals() -> None:
    assert read("a + b").evaluate({"a": 1, "b": 0.1}) == D("1.1")
