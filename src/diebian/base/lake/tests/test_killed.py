"""kill -9 of a real process at every point of a batch: then no row is lost or doubled."""

from pathlib import Path

import pytest

from diebian.base.lake.collecting import collect
from diebian.base.lake.engine import LANES
from diebian.base.lake.models import Collection, Mode, Run, RunState
from diebian.base.lake.refusals import TableBusy
from diebian.security.identity.public import PLATFORM
from tests.killed import killed_at

from .people import a_collection, reasons, rows, run, source_database, watermarked

POINTS = ["staged", "written", "committed", "noted"]
WORK = """
from diebian.base.lake.collecting import collect
from diebian.base.lake.engine import LANES
from diebian.security.identity.public import PLATFORM
collect(slugs={}, by=PLATFORM, point=point)
"""


@pytest.mark.parametrize("point", POINTS)
def test_killed_at(point: str, lake_place: Path) -> None:
    """The first batch, an increment with changes of changes, and what is quarantined."""
    log = """create table log (seq bigint primary key, op text, id bigint, name text);
      insert into log select i, 'I', i, 'n' || i from generate_series(1, 50) i;
      insert into log values (51, 'I', null, 'nobody')"""
    with source_database(log) as source:
        a_collection("log", mode=Mode.CHANGES, watermark_column="seq",
                     options={"op": "op", "sequence": "seq"})  # fmt: skip
        killed_at(point, WORK.format(["log"]), data=lake_place)
        source.execute("insert into log values (52, 'U', 1, 'changed'), (53, 'D', 2, 'n2')")
        killed_at(point, WORK.format(["log"]), data=lake_place)
        source.execute("insert into log values (54, 'I', 99, 'late')")
        last = run("log")
        assert last.state == RunState.DONE
        told = dict(rows("log"))
        assert told == {**{i: f"n{i}" for i in range(3, 51)}, 1: "changed", 99: "late"}
        assert len(rows("log")) == len(told)
        assert Collection.objects.get().watermark == "54"
    ended = list(Run.objects.order_by("pk"))
    assert RunState.RUNNING not in {one.state for one in ended}
    is_in = point in {"committed", "noted"}
    assert [one.state for one in ended[:2]] == ["done" if is_in else "failed"] * 2
    first_that_is_in = next(one for one in ended if one.state == RunState.DONE)
    assert reasons(first_that_is_in) == [(51, "主键“id”是空的")]


def test_of_many_tables_at_once_all_of_a_batch_are_in_or_none(lake_place: Path) -> None:
    tables = [f"t{number}" for number in range(6)]
    sql = ";".join(
        f"create table {one} (id int primary key); insert into {one} select generate_series(1, 9)"
        for one in tables
    )
    with source_database(sql):
        for one in tables:
            a_collection(one)
        killed_at("written", WORK.format(list(tables)), data=lake_place)
        told = collect(slugs=tables, by=PLATFORM)
        assert [one.changed for one in told] == [9] * 6
        assert len({one.snapshot for one in told}) <= LANES  # a batch of each


@pytest.mark.usefixtures("lake_place")
def test_two_at_once_do_not_write_one_table() -> None:
    with source_database():
        watermarked()
        refused: list[str] = []

        def meanwhile(point: str) -> None:
            if point == "staged":
                with pytest.raises(TableBusy):
                    run()
                refused.append(point)

        collect(slugs=["people"], by=PLATFORM, point=meanwhile)
        assert refused == ["staged"]
        assert len(rows()) == 100
