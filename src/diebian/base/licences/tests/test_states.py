"""What can become of a licence, and that the city's folder knows the same words."""

from datetime import date

from diebian.base.licences.declaration import text_of
from diebian.base.licences.states import ENDS, State, may_turn, told_state
from diebian.base.licences.table_forms import EXAMPLE
from diebian.standards.profile import read_licence_table
from diebian.standards.profile.licences import STATES


def test_the_folder_and_the_register_know_the_same_states() -> None:
    assert set(STATES) == set(State.values)


def test_an_end_is_not_left() -> None:
    assert may_turn(State.IN_FORCE, State.SUSPENDED)
    assert may_turn(State.SUSPENDED, State.IN_FORCE)
    assert not any(may_turn(end, one) for end in ENDS for one in State.values)


def test_the_last_day_is_a_good_one() -> None:
    day = date(2026, 11, 27)
    assert told_state("in_force", day, "", day) == "有效"
    assert told_state("in_force", day, "", date(2026, 11, 28)) == "已过期"
    assert told_state("revoked", day, "", date(2026, 11, 28)) == "已吊销或撤销"


def test_a_declaration_is_read_again_as_it_was() -> None:
    told, faults = read_licence_table(EXAMPLE, "声明")
    assert (told is not None, faults) == (True, [])
    assert read_licence_table(text_of(told or {}), "声明")[0] == told


def test_what_is_wrong_in_a_declaration_is_told_with_its_line() -> None:
    wrong = EXAMPLE.replace("'3': revoked", "'3': gone").replace("number: zzbh", "numbr: zzbh")
    told, faults = read_licence_table(wrong, "声明")
    assert told is None
    assert {"numbr", "gone"} <= {word for word in ("numbr", "gone") for one in faults
                                 if word in one.sentence}  # fmt: skip
