import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.standards.item_codes import Kind, Level, is_item_code, parts_of, sample_code

REAL = "11370800MB28559184" + "3" + "370117002011"  # printed in a published list
BODIES = st.sampled_from(["11370800MB28559184", "91110000600037341L", "914403001922038216"])
CODES = st.builds(
    sample_code,
    body=BODIES,
    level=st.sampled_from(Level),
    province=st.integers(11, 65).map(str),
    kind=st.sampled_from(Kind),
    department=st.integers(0, 999),
    number=st.integers(0, 999_999),
)


def test_a_published_code_falls_into_its_parts() -> None:
    parts = parts_of(REAL)
    assert parts is not None
    assert (parts.body, parts.level, parts.kind) == (REAL[:18], Level.CITY, Kind.LICENSING)
    assert (parts.province, parts.department, parts.main, parts.sub) == ("37", "17", "002", "011")
    assert (parts.level.label, parts.kind.label, str(parts)) == ("市级", "行政许可", REAL)


def test_a_handling_item_has_two_more() -> None:
    parts = parts_of(REAL + "07")
    assert parts is not None
    assert (parts.handling, parts.base) == ("07", REAL[19:])


@pytest.mark.parametrize(
    "text",
    [
        "", REAL[:-1], REAL + "0", REAL + "0a", "21370800MB28559184" + REAL[18:],
        REAL[:18] + "7" + REAL[19:], REAL[:21] + "99" + REAL[23:], REAL[:19] + "x" + REAL[20:],
        REAL[:-1] + "１", REAL[:-1] + "O",
    ],
)  # fmt: skip
def test_what_is_no_such_code_is_refused(text: str) -> None:
    assert not is_item_code(text)


@given(CODES)
def test_a_composed_code_is_one_and_falls_into_the_same_parts(code: object) -> None:
    assert parts_of(str(code)) == code


@given(CODES, st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_sign_of_the_body_is_seen(code: object, place: int, sign: str) -> None:
    text = str(code)
    wrong = text[:place] + sign + text[place + 1 :]
    assert is_item_code(wrong) == (wrong == text)


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    assert is_item_code(text) in {True, False}


@given(st.sets(st.integers(0, 999_999), min_size=2, max_size=2))
def test_different_numbers_have_different_codes(numbers: set[int]) -> None:
    told = {"body": REAL[:18], "level": Level.CITY, "province": "21", "kind": Kind.SERVICE}
    codes = {str(sample_code(**told, department=10, number=one)) for one in numbers}  # type: ignore[arg-type]
    assert len(codes) == len(numbers)


def test_a_number_that_has_no_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        sample_code(body=REAL[:18], level=Level.CITY, province="21", kind=Kind.SERVICE,
                    department=1, number=1_000_000)  # fmt: skip
