"""kill -9 of a real process at every point of a batch: then no row is lost or doubled."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from diebian.base.lake.collecting import collect
from diebian.base.lake.models import Collection, Mode, Run, RunState
from diebian.base.lake.refusals import TableBusy
from diebian.security.identity.public import PLATFORM

from .people import a_collection, database_words, reasons, rows, run, source_database, watermarked

POINTS = ["staged", "written", "committed", "noted"]
KILLED = """
import os, signal, sys, django
django.setup()
from diebian.base.lake.collecting import collect
from diebian.security.identity.public import PLATFORM
def point(name):
    if name == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
collect(slugs=sys.argv[2:], by=PLATFORM, point=point)
"""


def killed_at(point: str, *slugs: str, data: Path) -> None:
    words = "&".join(f"{name}={value}" for name, value in database_words().items())
    url = f"postgresql:///{connection.settings_dict['NAME']}?{words}"
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", KILLED, point, *slugs],
        env={**os.environ, "DATABASE_URL": url, "DIEBIAN_DATA": str(data),
             "DJANGO_SETTINGS_MODULE": "diebian.assembly.settings", "DIEBIAN_SECRET_KEY": "x"},
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize("point", POINTS)
def test_killed_at(point: str, lake_place: Path) -> None:
    """The first batch, an increment with changes of changes, and what is quarantined."""
    log = """create table log (seq bigint primary key, op text, id bigint, name text);
      insert into log select i, 'I', i, 'n' || i from generate_series(1, 50) i;
      insert into log values (51, 'I', null, 'nobody')"""
    with source_database(log) as source:
        a_collection("log", mode=Mode.CHANGES, watermark_column="seq",
                     options={"op": "op", "sequence": "seq"})  # fmt: skip
        killed_at(point, "log", data=lake_place)
        source.execute("insert into log values (52, 'U', 1, 'changed'), (53, 'D', 2, 'n2')")
        killed_at(point, "log", data=lake_place)
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


def test_of_many_tables_in_one_batch_all_are_in_or_none(lake_place: Path) -> None:
    tables = [f"t{number}" for number in range(6)]
    sql = ";".join(
        f"create table {one} (id int primary key); insert into {one} select generate_series(1, 9)"
        for one in tables
    )
    with source_database(sql):
        for one in tables:
            a_collection(one)
        killed_at("written", *tables, data=lake_place)
        told = collect(slugs=tables, by=PLATFORM)
        assert [one.changed for one in told] == [9] * 6
        assert len({one.snapshot for one in told}) == 1


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
