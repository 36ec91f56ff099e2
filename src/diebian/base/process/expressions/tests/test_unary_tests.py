"""A cell of a table: does the value pass?"""

import pytest

from diebian.base.process.expressions.expression import read_cell

PASSES = [
    ("-", 5, True), ("", None, True), ("5", 5, True), ("5", 6, False), ("< 5", 4, True),
    (">= 5, < 2", 1, True), ("[1..5)", 5, False), ("(1..5]", 5, True), ('"甲", "乙"', "乙", True),
    ('not("甲", "乙")', "丙", True), ("not(< 5)", 3, False), ("null", None, True),
    ("< 5", None, None), ("not(< 5)", None, None), ('"甲"', None, False), ("true", False, False),
    ("[1, 2, 3]", 2, True), ("[[1..3], [7..9]]", 8, True), ("? > 3 and ? < 6", 5, True),
    ('starts with(?, "a")', "abc", True), ("limit", 7, True), ("< limit + 1", 7, True),
    ("limits", 3, True), ("-5", -5, True), ('> @"2024-01-01"', None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "passes"), PASSES)
def test_a_value_passes_a_cell(text: str, value: object, passes: bool | None) -> None:
    data = {"limit": 7, "limits": [1, 3]}
    assert read_cell(text, names=data).passes(value, data) is passes


def test_the_asked_value_has_no_name_outside_of_a_cell() -> None:
    cell = read_cell("? > limit", names={"limit"})
    assert cell.names == {"limit"}
