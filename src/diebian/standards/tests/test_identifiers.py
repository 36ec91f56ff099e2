import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diebian.standards.identifiers import (
    check_mod_11_10,
    is_id_number,
    is_licence_identifier,
    is_registration_number,
    licence_identifier,
    plain_id_number,
)

TYPE, ISSUER, SERIAL = "11100000000013338W011", "11430000006122244L", "20230000403"


def test_accepts_the_number_that_the_standard_prints() -> None:
    assert is_id_number("11010519491231002X")


@pytest.mark.parametrize(
    "text",
    ["", "110105194912310021", "11010519491331002X", "11010519491231002x", "1101051949123100２X"],
)
def test_refuses_a_wrong_id_number(text: str) -> None:
    assert not is_id_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002X",
        "110105\u200b19491231\ufeff002X",
        "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X",
        "110105491231002",  # as it was before 1999
    ],
)
def test_one_person_has_one_number_however_it_is_written(text: str) -> None:
    assert plain_id_number(text) == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "plain"), [("", ""), (" -　", ""), ("e1234567", "E1234567"), ("9" * 15, "9" * 15)]
)
def test_what_is_no_number_of_a_person_is_only_tidied(text: str, plain: str) -> None:
    assert plain_id_number(text) == plain


def test_a_published_licence_identifier_comes_out_the_same() -> None:
    made = licence_identifier(type_code=TYPE, issuer=ISSUER, serial=SERIAL)
    assert made.endswith(".001.U")
    assert is_licence_identifier(made)


@pytest.mark.parametrize("wrong", ["", "1.2.156.3005.2.A.B.C.001.0", "2" * 60])
def test_refuses_a_wrong_licence_identifier(wrong: str) -> None:
    assert not is_licence_identifier(wrong)


@given(st.integers(0, 10**14 - 1), st.integers(0, 14), st.integers(1, 9))
@example(11010800000001, 14, 1)
def test_one_wrong_digit_of_a_registration_number_is_noticed(
    number: int, place: int, by: int
) -> None:
    right = f"{number:014}"
    right += check_mod_11_10(right)
    wrong = f"{right[:place]}{(int(right[place]) + by) % 10}{right[place + 1 :]}"
    assert is_registration_number(right)
    assert not is_registration_number(wrong)


# As public number checkers quote it from the rule itself; the next is of another county.
@pytest.mark.parametrize("text", ["110108000000016", "320300000174110"])
def test_accepts_published_registration_numbers(text: str) -> None:
    assert is_registration_number(text)


@pytest.mark.parametrize(
    "text", ["", "110108000000017", "11010800000001６", " 10108000000016", "1101080000000161"]
)
def test_refuses_a_wrong_registration_number(text: str) -> None:
    assert not is_registration_number(text)
