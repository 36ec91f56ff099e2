"""What a department's table says becomes licences, and what it says later changes them."""

from datetime import date
from pathlib import Path

import pytest

from diebian.base.licences.declaring import declare
from diebian.base.licences.models import Held, HeldFault, HeldTurn, Outcome
from diebian.base.licences.refusals import NothingNew, NotIssuer, PlanUnclear
from diebian.base.licences.states import State
from diebian.base.licences.types_collected import types_coded
from diebian.security.identity.public import Post
from diebian.standards.identifiers import is_licence_identifier, licence_identifier
from tests.killed import killed_at

from .table import (
    ANNA,
    BORIS,
    FIRM,
    PLAN,
    ROWS,
    collected,
    department,
    now,
    ready,
    registered,
    who,
)

pytestmark = pytest.mark.usefixtures("lake_place")


def changed(row: int, **values: str) -> list[tuple[str, ...]]:
    """The rows with some columns of one of them altered."""
    places = {"lx": 1, "bh": 2, "hm": 3, "qf": 5, "zhi": 6, "zt": 7}
    told = [list(one) for one in ROWS]
    for name, value in values.items():
        told[row - 1][places[name]] = value
    return [tuple(one) for one in told]


def turns() -> list[tuple[str, str]]:
    return list(HeldTurn.objects.order_by("pk").values_list("was", "now"))


def reasons() -> dict[str, str]:
    return dict(HeldFault.objects.values_list("row_key", "reason"))


def test_rows_become_licences_in_one_spelling_each_with_its_identifier() -> None:
    table = ready()
    assert not types_coded(["T1"])["T1"].is_collected
    made = registered(table)
    assert (made.counts["rows"], made.counts["fresh"], made.counts["faults"]) == (3, 3, 0)
    assert [now(row).holder_number for row in "123"] == [ANNA, BORIS, FIRM]
    assert now("1").valid_until == date(2040, 1, 1)
    assert now("2").valid_until is None
    assert (now("1").fields, now("2").fields) == ({"住址": "样例路1号"}, {})
    assert now("3").state == State.SUSPENDED
    for one in Held.objects.all():
        assert is_licence_identifier(one.identifier)
        code = f"{department()}00{one.type.code[1:]}"
        told = licence_identifier(type_code=code, issuer=department(), serial=f"{one.serial:012}")
        assert one.identifier == told
    assert types_coded(["T1"])["T1"].is_collected
    assert registered(table) == made  # the same snapshot again is the same registration


def test_a_later_collection_changes_states_and_keeps_what_was() -> None:
    table = ready()
    registered(table)
    collected(changed(1, zt="3"))
    assert registered(table).counts["turned"] == 1
    assert now("1").state == State.REVOKED
    collected(changed(1, zt="1"))  # revoked, and good again without a new day of issue
    assert registered(table).counts["faults"] == 1
    assert reasons() == {"1": "turn"}
    assert (now("1").state, now("1").doubt) == (State.REVOKED, "fault")
    assert turns() == [("in_force", "revoked"), ("", "fault")]


def test_another_fact_is_another_version_and_the_former_is_superseded() -> None:
    table = ready()
    registered(table)
    before = now("1")
    collected(changed(1, qf="20260101", zhi="20460101"))
    assert registered(table).counts["renewed"] == 1
    after, former = now("1"), Held.objects.get(pk=before.pk)
    assert (after.version, after.serial) == (2, before.serial)
    assert after.identifier.split(".")[-2] == "002"
    assert is_licence_identifier(after.identifier)
    assert (former.state, former.is_current) == (State.SUPERSEDED, False)
    assert turns() == [("in_force", "superseded")]


def test_a_row_that_is_gone_is_in_doubt_until_it_is_back() -> None:
    table = ready()
    registered(table)
    collected(ROWS[:2])
    assert registered(table).counts["doubted"] == 1
    assert (now("3").state, now("3").doubt) == (State.SUSPENDED, "absent")
    collected(ROWS)
    registered(table)
    assert now("3").doubt == ""
    assert turns() == [("", "absent"), ("absent", "")]


def test_a_row_that_cannot_be_believed_is_set_aside_with_its_reason() -> None:
    wrong = {
        "type": {"lx": "07"},
        "number": {"bh": ""},
        "holder": {"hm": "219902199106140028"},
        "holder_kind": {"hm": FIRM},
        "issued": {"qf": "某日"},
        "until": {"zhi": "很久"},
        "order": {"zhi": "20190101"},
        "state": {"zt": "8"},
        "twice": {"lx": "02", "bh": "H002", "hm": BORIS},
    }
    faulty = [(name, *changed(1, **values)[0][1:]) for name, values in wrong.items()]
    good = [(f"1{n}", "01", f"M{n}", ANNA, "周晚晴", "20200102", "长期", "1", "") for n in range(9)]
    made = registered(ready([*ROWS, *faulty, *good]))
    assert made.outcome == Outcome.DONE
    assert reasons() == {name: name for name in wrong} | {"2": "twice"}
    assert Held.objects.count() == len(ROWS) + len(good) - 1


def test_a_declaration_that_does_not_fit_takes_nothing() -> None:
    made = registered(ready(holder_number="bh"))
    assert made.outcome == Outcome.REFUSED
    assert "3 行里有 3 行" in made.sentence
    assert not Held.objects.exists()


def test_who_may_declare_which_types() -> None:
    ready()
    with pytest.raises(NothingNew):
        declare(told=PLAN, by=who())
    with pytest.raises(NotIssuer):
        declare(told={**PLAN, "slug": "other"}, by=who(of="样例局外局"))
    with pytest.raises(PlanUnclear, match="没有列"):
        declare(told={**PLAN, "number": "nothing"}, by=who())
    assert declare(told={**PLAN, "title": "新名"}, by=who(Post.AUTHORITY)).number == 2


def test_killed_anywhere_nothing_is_half_in_and_the_next_one_does_it_whole(
    lake_place: Path,
) -> None:
    table = ready()
    work = (
        f"from diebian.base.licences.registering import register; register({table.pk}, point=point)"
    )
    for point in ("staged", "merged"):
        killed_at(point, work, data=lake_place)
        assert not Held.objects.exists()
        assert not types_coded(["T1"])["T1"].is_collected
    assert registered(table).counts["fresh"] == len(ROWS)
    assert Held.objects.count() == len(ROWS)
