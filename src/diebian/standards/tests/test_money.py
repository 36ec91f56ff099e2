"""Amounts as people read them."""

import pytest

from diebian.standards.money import in_capitals, yuan


@pytest.mark.parametrize(
    ("fen", "capitals"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (8000, "捌拾元整"),
        (10_001, "壹佰元零壹分"),
        (140_950, "壹仟肆佰零玖元伍角整"),
        (55_000, "伍佰伍拾元整"),
        (1_000_000, "壹万元整"),
        (10_005_012, "壹拾万零伍拾元壹角贰分"),
        (10_000_000_000_000, "壹仟亿元整"),
    ],
)
def test_a_sum_is_written_in_capitals_as_a_receipt_wants_it(fen: int, capitals: str) -> None:
    assert in_capitals(fen) == capitals


def test_yuan_have_two_digits_behind_the_point() -> None:
    assert [yuan(1), yuan(8000), yuan(-4000)] == ["0.01", "80.00", "-40.00"]
