"""What must hold for any records: classes, survivors, numbers, check places. DuckDB in memory."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diebian.base.masterdata import golden, pairs
from diebian.base.masterdata.building import _matched
from diebian.base.masterdata.clustering import Clusters, Scored, clusters
from diebian.base.masterdata.continuity import Overlap, keep
from diebian.base.masterdata.plan import Kind, RuleOf, Subject, plan_of
from diebian.base.masterdata.records import CHECKED, _value
from diebian.base.masterdata.weights import counted_weights, score_of
from diebian.standards.credit_code import ALPHABET, is_credit_code
from diebian.standards.identifiers import check_digit, is_id_number
from diebian.standards.profile import master_data as told_in_a_city

from .sample import PLAN

LOOSE, NAMED = ["t:1", "t:2", "t:3", "u:1"], ["#A", "#B", "#C"]
Row = tuple[int, str, str | None, str, str | None, str | None, str | None, str | None]


@st.composite
def _scored(draw: st.DrawFn) -> list[Scored]:
    found = {}
    for left in LOOSE:
        others = [*NAMED, *(one for one in LOOSE if one > left)]
        for right in draw(st.lists(st.sampled_from(others), unique=True, max_size=4)):
            score = draw(st.integers(0, 3000))
            found[left, right] = Scored(left, right, score, "1", "d")
    return list(found.values())


verdicts = st.sampled_from([("same", "d"), ("different", "d"), ("unsure", "d"), ("same", "old")])


@given(_scored(), st.data())
def test_joined_are_classes_whatever_the_order_and_no_score_joins_two_numbers(
    listed: list[Scored], data: st.DataObject
) -> None:
    keys = [(one.left, one.right) for one in listed]
    decided = data.draw(st.dictionaries(st.sampled_from(keys), verdicts) if keys else st.just({}))
    told = clusters(listed, decided, upper=1500, lower=500)
    shuffled = data.draw(st.permutations(listed))
    again = clusters(shuffled, decided, upper=1500, lower=500)
    assert (again.leader, set(_asked(again))) == (told.leader, set(_asked(told)))
    for token, leader in told.leader.items():
        assert told.leader[leader] == leader, token  # the leader is one of its own
    groups: dict[str, set[str]] = {}
    for token, leader in told.leader.items():
        groups.setdefault(leader, set()).add(token)
    by_people = [key for key, of in decided.items() if of == ("same", "d")]
    if not by_people:
        assert all(len([one for one in of if one in NAMED]) < 2 for of in groups.values())
    for key, of in decided.items():
        if of == ("different", "d") and not by_people:
            assert told.leader.get(key[0], key[0]) != told.leader.get(key[1], key[1])
    for key in by_people:
        assert told.leader[key[0]] == told.leader[key[1]]


def _asked(told: Clusters) -> list[tuple[str, str, str]]:
    return [(one.left, one.right, why) for one, why in told.asked]


overlaps = st.builds(
    Overlap, st.sampled_from("abcd"), st.integers(1, 4), st.integers(1, 3), st.booleans()
)


@given(st.lists(overlaps, unique_by=lambda one: (one.cluster, one.number)), st.randoms())
def test_a_number_stays_with_one_and_nobody_has_two(listed: list[Overlap], chance: Any) -> None:
    told = keep(listed)
    assert len(set(told.numbers.values())) == len(told.numbers)
    gone = {one.number for one in listed} - set(told.numbers.values())
    assert {number for number, _ in told.merged} == gone  # each that ended says where it went
    fresh = {one.cluster for one in listed} - set(told.numbers)
    assert {cluster for cluster, _ in told.split} == fresh
    chance.shuffle(listed)
    assert keep(listed) == told


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("ATTACH ':memory:' AS stage")
        yield made


def _put(duck: duckdb.DuckDBPyConnection, rows: Sequence[Row], cluster: str = "") -> None:
    told = ", ".join(f"c{place} VARCHAR" for place in range(4))
    columns = f"source TINYINT, ref VARCHAR, dated DATE, token VARCHAR, {told}"
    duck.execute(f"CREATE OR REPLACE TABLE stage.records ({columns})")
    if rows:
        duck.executemany("INSERT INTO stage.records VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    if cluster:
        duck.execute(f"ALTER TABLE stage.records ADD COLUMN cluster VARCHAR DEFAULT {cluster}")


values = st.one_of(st.none(), st.sampled_from(["甲", "甲乙", "乙"]))
rows_of_one = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(["1", "2", "10"]),
        st.one_of(st.none(), st.dates().map(str)), st.just("#A"), st.just("A"),
        values, values, values,
    ),
    min_size=1, max_size=6, unique_by=lambda row: row[:2],
)  # fmt: skip


@settings(max_examples=25)
@given(rows=rows_of_one, chance=st.randoms())
def test_who_survives_does_not_hang_on_the_order_of_rows_and_never_is_nothing(
    duck: duckdb.DuckDBPyConnection, rows: list[Row], chance: Random
) -> None:
    plan = plan_of(PLAN)
    told = []
    for _ in range(2):
        _put(duck, rows, "'#A'")
        golden.choose(duck, plan, 1)
        told.append(duck.execute("FROM stage.golden").fetchall())
        chance.shuffle(rows)
    assert told[0] == told[1]
    kept = duck.execute("SELECT values::JSON ->> '$.name', values::JSON ->> '$.phone' "
                        "FROM stage.golden").fetchone()  # fmt: skip
    names = [row for row in rows if row[5] is not None]
    phones = [row for row in rows if row[7] is not None]
    order = {1: 0, 0: 1, 2: 2}  # as the plan trusts
    best = min(names, key=lambda row: (order[row[0]], row[0], row[1]), default=None)
    assert (kept or ("", ""))[0] == (best[5] if best else None)
    dated = [row for row in phones if row[2] is not None]
    newest = max(row[2] or "" for row in dated) if dated else None
    of = [row[7] for row in (phones if newest is None else dated) if row[2] == newest or not newest]
    assert (kept or ("", ""))[1] in (of or [None])


@settings(max_examples=25)
@given(first=st.tuples(values, values), second=st.tuples(values, values))
def test_what_two_records_weigh_is_the_same_from_both_sides(
    duck: duckdb.DuckDBPyConnection,
    first: tuple[str | None, str | None],
    second: tuple[str | None, str | None],
) -> None:
    plan = plan_of({**PLAN, "matching": {**PLAN["matching"], "lower": -90}})
    found = []
    for one, other in ((first, second), (second, first)):
        rows: list[Row] = [
            (0, "1", None, "t:1", None, one[0], None, one[1]),
            (0, "2", None, "t:2", None, other[0], None, other[1]),
        ]
        _put(duck, rows)
        pairs.score(duck, plan, [("t:1", "t:2")])
        found.append(duck.execute("SELECT score, levels FROM stage.scored").fetchall())
    assert found[0] == found[1]
    assert [score_of(plan, levels) for _, levels in found[0]] == [score for score, _ in found[0]]


def test_of_made_people_nearly_all_are_found_and_hardly_one_wrongly(
    duck: duckdb.DuckDBPyConnection,
) -> None:
    chance, rows, truth = Random(7), list[Row](), dict[str, int]()  # noqa: S311  made people
    letters = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文玲红玉兰"
    for person in range(400):
        name = "".join(chance.choice(letters) for _ in range(3))
        born = f"{chance.randint(1940, 2005)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        phone = f"138{chance.randrange(10**8):08}"
        number = f"N{person}"
        truth[f"#{number}"] = person
        rows.append((1, number, None, f"#{number}", number, name, born, phone))
        if person % 2:  # somebody else wrote it down, without the number
            token = f"sample-houses:{person}"
            truth[token] = person
            wrong = name[:2] + chance.choice(letters) if person % 5 == 0 else name
            day = born[:8] + "28" if person % 7 == 0 else born
            rows.append((2, str(person), None, token, None, wrong, day, phone))
    _put(duck, rows)
    plan = plan_of(PLAN)
    assert pairs.score(duck, plan, []) == 0
    found = _matched(duck, plan, {})
    joined = [(token, of) for token, of in found.leader.items() if token != of]
    right = sum(truth[token] == truth[of] for token, of in joined)
    assert right / len(joined) >= 0.995  # precision
    assert right / 200 >= 0.97  # recall


ids = st.builds(lambda body, last: body + last, st.from_regex(r"[0-9]{17}", fullmatch=True),
                st.sampled_from("0123456789X"))  # fmt: skip
bodies = st.dates().map(lambda day: f"219902{day.isoformat().replace('-', '')}012")
real_ids = bodies.map(lambda body: body + check_digit(body))
codes = st.text(ALPHABET, min_size=18, max_size=18).map(lambda text: "12110000" + text[8:])


@settings(max_examples=60)
@given(number=st.one_of(ids, real_ids), code=codes)
def test_a_number_counts_when_its_check_place_is_right(
    duck: duckdb.DuckDBPyConnection, number: str, code: str
) -> None:
    for kind, text, is_right in (
        (Kind.ID_NUMBER, number, is_id_number(number)),
        (Kind.CREDIT_CODE, code, is_credit_code(code)),
    ):
        check = CHECKED[kind]("n", "0")
        helpers = ", ".join(f"{sql} AS {name}" for name, sql in check.helpers.items())
        rows = f"SELECT n, {helpers} FROM (SELECT ? AS n)"
        told = duck.execute(f"SELECT {_value(kind, 'n', check)} FROM ({rows})", [text]).fetchone()
        assert told == ((text if is_right else None),)


def test_counted_weights_are_those_of_the_counts_and_never_without_end() -> None:
    told = counted_weights({"m": [97, 2, 1], "u": [1, 3, 996]}, has_near=True)
    assert told is not None
    assert (told.same, told.near, told.pairs) == ("+9.3", "+2.8", 100)
    never = counted_weights({"m": [5, 0, 0], "u": [0, 0, 9]}, has_near=False)
    assert never is not None
    assert (never.same, never.near, never.differs) == ("+4.2", "", "−3.5")
    assert counted_weights({"m": [0, 0, 0], "u": [0, 0, 9]}, has_near=True) is None


def test_the_words_of_a_city_are_the_component_s_own() -> None:
    assert set(told_in_a_city.KINDS) == set(Kind.values)
    assert set(told_in_a_city.RULES) == set(RuleOf.values)
    assert set(told_in_a_city.SUBJECTS) == set(Subject.values)
    assert set(told_in_a_city.IDENTIFIERS) == set(CHECKED) - {Kind.REGISTRATION}
