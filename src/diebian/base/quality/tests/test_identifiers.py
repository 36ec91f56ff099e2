"""The SQL of check digits against `standards.identifiers`: the same answer for any text at all."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diebian.base.lake.public import DUCKDB, POSTGRESQL, LakeTable
from diebian.base.quality.kinds import KINDS
from diebian.base.quality.kinds.kind import Place
from diebian.standards.credit_code import ALPHABET, check_character, is_credit_code
from diebian.standards.identifiers import (
    check_digit,
    check_mod_11_10,
    is_id_number,
    is_registration_number,
)

Fails = Callable[[list[str]], list[bool]]

DAYS = st.sampled_from(
    ["20000229", "19000229", "20240230", "00010101", "00000101", "20231301", "20230431",
     "19880312", "20231232", "20230100"]
)  # fmt: skip
BODIES = st.builds(
    lambda place, day, number: f"{place:06}{day}{number:03}",
    st.integers(0, 999_999), DAYS, st.integers(0, 999),
)  # fmt: skip
ID_NUMBERS = st.one_of(
    BODIES.map(lambda body: body + check_digit(body)),
    BODIES.map(lambda body: body + "X"),
    st.from_regex(re.compile(r"[0-9 +\-_.eExX]{17}[0-9Xx]"), fullmatch=True),
    st.text(min_size=1, max_size=19).filter(lambda text: "\0" not in text),
)
CODE_BODIES = st.builds(
    lambda head, division, tail: f"{head}{division:06}{tail}",
    st.text(ALPHABET, min_size=2, max_size=2), st.integers(0, 999_999),
    st.text(ALPHABET, min_size=9, max_size=9),
)  # fmt: skip
CREDIT_CODES = st.one_of(
    CODE_BODIES.map(lambda body: body + check_character(body)),
    CODE_BODIES.map(lambda body: body + "0"),
    st.from_regex(re.compile(r"[0-9A-Za-z]{17,18}"), fullmatch=True),
    st.text(min_size=1, max_size=19).filter(lambda text: "\0" not in text),
)


REGISTRATION_BODIES = st.integers(0, 10**14 - 1).map(lambda number: f"{number:014}")
REGISTRATION_NUMBERS = st.one_of(
    REGISTRATION_BODIES.map(lambda body: body + check_mod_11_10(body)),
    REGISTRATION_BODIES.map(lambda body: body + "0"),
    st.from_regex(re.compile(r"[0-9 +\-.eE]{14,16}"), fullmatch=True),
    st.text(min_size=1, max_size=16).filter(lambda text: "\0" not in text),
)


def table() -> LakeTable:
    return LakeTable(
        number=1, slug="t", title="样例", name="t", department="", department_name="",
        entry_id=None, update_cycle="", key=(), types={"v": "VARCHAR"}, collected_at=None,
        is_sample=True, source="", source_table="",
    )  # fmt: skip


def _sql(kind: str, place: Place, values: str) -> str:
    judged = KINDS[kind].judged({"column": "v"}, place)
    helpers = ", ".join(f"{sql} AS {name}" for name, sql in judged.helpers.items())
    return (
        f"SELECT {judged.fails} FROM (SELECT *, {helpers} FROM ({values}) s{place.dialect.fence}) t"
    )


@pytest.fixture(scope="module")
def duck() -> Iterator[Callable[[str], Fails]]:
    with duckdb.connect(config={"threads": 1}) as opened:

        def of(kind: str) -> Fails:
            values = "SELECT n, v FROM (SELECT unnest($v) AS v, unnest($n) AS n)"
            asked = _sql(kind, Place(table(), {}, DUCKDB), values) + " ORDER BY n"

            def fails(told: list[str]) -> list[bool]:
                given_ = {"v": told, "n": list(range(len(told)))}
                return [row[0] for row in opened.execute(asked, given_).fetchall()]

            return fails

        yield of


@settings(max_examples=60)
@given(st.lists(ID_NUMBERS, min_size=1, max_size=30))
@example(["000000000101010008", "11010519491231002X", "11010519491231002x"])
def test_an_id_number_is_judged_alike_in_sql(duck: Any, told: list[str]) -> None:
    assert duck("id_number")(told) == [not is_id_number(one) for one in told]


@settings(max_examples=60)
@given(st.lists(CREDIT_CODES, min_size=1, max_size=30))
@example(["91110000600037341L", "91110000600037341I", "N2211200MF0000000Q"])
def test_a_credit_code_is_judged_alike_in_sql(duck: Any, told: list[str]) -> None:
    assert duck("credit_code")(told) == [not is_credit_code(one) for one in told]


@settings(max_examples=60)
@given(st.lists(REGISTRATION_NUMBERS, min_size=1, max_size=30))
@example(["110108000000016", "110108000000017", "11010800000001６"])
def test_a_registration_number_is_judged_alike_in_sql(duck: Any, told: list[str]) -> None:
    assert duck("registration")(told) == [not is_registration_number(one) for one in told]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "numbers", "is_right"),
    [
        ("id_number", ID_NUMBERS, is_id_number),
        ("credit_code", CREDIT_CODES, is_credit_code),
        ("registration", REGISTRATION_NUMBERS, is_registration_number),
    ],
)
def test_postgresql_judges_alike_too(
    kind: str, numbers: st.SearchStrategy[str], is_right: Callable[[str], bool]
) -> None:
    """The peer of the bench counts the same rows, or its time would mean nothing."""
    asked = _for_postgresql(kind)

    @settings(max_examples=25)
    @given(st.lists(numbers, min_size=1, max_size=30))
    def alike(told: list[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(asked, [told])
            assert [row[0] for row in cursor.fetchall()] == [not is_right(one) for one in told]

    alike()


def _for_postgresql(kind: str) -> str:
    values = "SELECT n, v FROM unnest(@@::text[]) WITH ORDINALITY AS u(v, n)"
    asked = _sql(kind, Place(table(), {}, POSTGRESQL), values) + " ORDER BY n"
    return asked.replace("%", "%%").replace("@@", "%s")
