"""What of a definition fits together, and what agrees with it."""

import pytest

from diebian.standards.elements import (
    Check,
    Format,
    element_faults,
    format_of,
    item_mismatch,
    type_mismatch,
)
from diebian.standards.metadata import ItemType

TEXT, NUMBER, DATE = ItemType.TEXT, ItemType.NUMBER, ItemType.DATE


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("n6", Format(is_digits=True, least=6, most=6)),
        ("an..18", Format(is_digits=False, least=0, most=18)),
        ("an3..8", Format(is_digits=False, least=3, most=8)),
        ("a..ul", Format(is_digits=False, least=0, most=None)),
        ("n..16,2", Format(is_digits=True, least=0, most=16, places=2)),
        ("YYYYMMDD", None),
        ("六位", None),
        ("n６", None),
        ("", None),
    ],
)
def test_a_format_is_read_as_the_standard_writes_it(written: str, told: Format | None) -> None:
    assert format_of(written) == told


@pytest.mark.parametrize(
    ("type_", "written", "check", "codes", "words"),
    [
        (TEXT, "六位", "", {}, "看不懂"),
        (TEXT, "an9..8", "", {}, "长度不对"),
        (TEXT, "n0", "", {}, "长度不对"),
        (TEXT, "n6,2", "", {}, "没有小数位"),
        (NUMBER, "an..8", "", {}, "以 n 开头"),
        (DATE, "n8", "", {}, "YYYYMMDD"),
        (ItemType.BINARY, "n8", "", {}, "留空"),
        (TEXT, "an..18", Check.ID_NUMBER, {}, "是 18 位"),
        (TEXT, "an18", Check.REGISTRATION, {}, "是 15 位"),
        (TEXT, "n15", Check.REGISTRATION, {"1": "样例"}, "不能另有代码表"),
        (TEXT, "n1", "", {"10": "样例"}, "“10”的长度"),
        (TEXT, "n1", "", {"1": ""}, "是空的"),
        (DATE, "YYYYMMDD", "", {"1": "样例"}, "只有字符和数值"),
    ],
)
def test_a_definition_that_does_not_fit_together_is_told(
    type_: ItemType, written: str, check: str, codes: dict[str, str], words: str
) -> None:
    told = "；".join(element_faults(type_=type_, written=written, check=check, codes=codes))
    assert words in told


def test_a_definition_that_fits_has_no_fault() -> None:
    codes = {"0": "未知的性别", "1": "男性"}
    assert list(element_faults(type_=TEXT, written="n1", check="", codes=codes)) == []
    assert list(element_faults(type_=TEXT, written="n15", check="registration", codes={})) == []


@pytest.mark.parametrize(
    ("written", "here", "length", "agrees"),
    [
        ("an..18", TEXT, "18", True),
        ("an..18", TEXT, "", True),
        ("an..18", TEXT, "19", False),
        ("an18", TEXT, "15", False),
        ("an..18", NUMBER, "10", False),
        ("a..ul", TEXT, "4000", True),
        ("an..18", TEXT, "1,2,3", False),
        ("an..18", TEXT, ",", False),
    ],
)
def test_an_item_agrees_where_its_type_and_length_do(
    written: str, here: ItemType, length: str, agrees: bool
) -> None:
    assert (item_mismatch(TEXT, written, here, length) == "") is agrees


@pytest.mark.parametrize(("length", "agrees"), [("16,2", True), ("12", True), ("16,4", False)])
def test_places_behind_the_point_count_too(length: str, agrees: bool) -> None:
    assert (item_mismatch(NUMBER, "n..16,2", NUMBER, length) == "") is agrees


def test_a_day_has_no_length_to_disagree_about() -> None:
    assert item_mismatch(DATE, "YYYYMMDD", DATE, "10") == ""
    assert "日期" in type_mismatch(DATE, TEXT)
