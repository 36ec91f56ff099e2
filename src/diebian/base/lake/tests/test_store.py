"""The one way to the lake: time travel, housekeeping, one writer; and who does not load it."""

import subprocess
import sys
import time

import duckdb
import pytest
from django.db import connection

from diebian.base.lake.collecting import collect
from diebian.base.lake.duck import platform_place
from diebian.base.lake.jobs import tidy
from diebian.base.lake.models import Run, RunState
from diebian.base.lake.opening import open_lake
from diebian.base.lake.refusals import TableUnknown, TypeUnknown
from diebian.base.lake.run_actions import stop_run
from diebian.base.lake.selectors import has_lake
from diebian.base.lake.store import TableStore
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM

from .people import a_collection, rows, run, source_database, who
from .test_bad_input import department_interface

pytestmark = pytest.mark.usefixtures("lake_place")


def test_rows_are_read_as_they_were_at_a_moment() -> None:
    with source_database() as source:
        a_collection()
        run()
        between = clock.now()
        source.execute("delete from people where id > 90")
        run()
    with open_lake() as lake:
        assert lake.count("people") == 90
        told = lake.read("people", between).aggregate("count(*)").fetchone()
        assert told == (100,)


def test_many_small_files_become_few_and_the_rows_stay() -> None:
    with source_database() as source:
        a_collection()
        for number in range(4):
            run()
            source.execute(f"insert into people values ({1000 + number}, 'x', 1, '2000-01-01')")
    with open_lake() as lake:
        before, after = lake.compact("people")
        assert (before, after) == (4, 1)
        assert lake.count("people") == 103


def test_old_snapshots_go_and_the_present_stays() -> None:
    with source_database() as source:
        a_collection()
        first = run()
        source.execute("delete from people where id > 90")
        run()
    tidy(0)
    assert len(rows(at=first.snapshot)) == 100  # younger than the policy
    with open_lake() as lake:
        snapshots, _ = lake.expire(keep_days=0, grace_hours=0)
        assert snapshots >= 2
        assert lake.count("people") == 90
    with pytest.raises(duckdb.Error, match="No snapshot found"):
        rows(at=first.snapshot)


def test_a_second_writer_gets_no_lock_until_the_first_lets_go() -> None:
    with TableStore(platform_place()) as one, TableStore(platform_place()) as other:
        assert one.lock(["a", "b"]) == {"a", "b"}
        assert other.lock(["b", "c"]) == {"c"}
        one.unlock()
        assert other.lock(["b"]) == {"b"}


def test_only_plain_names_and_known_types_make_a_table() -> None:
    with open_lake() as lake:
        for name in ("", "A", 'x"y', "x.y", "1x", "x" * 64):
            with pytest.raises(TableUnknown):
                lake.create(name, {"id": "BIGINT"}, "SELECT 1 AS id")
        for type_ in ("TEXT); DROP TABLE x; --", "DECIMAL(99,2)", "DECIMAL(2,9)", "STRUCT(a INT)"):
            with pytest.raises(TypeUnknown):
                lake.create("x", {"id": type_}, "SELECT 1 AS id")
        assert lake.tables() == set()


def test_a_stopped_run_takes_nothing_and_the_next_takes_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("diebian.base.lake.engine.HEED_SECONDS", 0.05)
    stopped: list[int] = []

    def answer(asked: dict[str, list[str]]) -> bytes:
        page = int(asked["page"][0])
        if page == 2 and not stopped and Run.objects.exists():
            stopped.append(stop_run(run_id=Run.objects.get().pk, by=who()).pk)
            time.sleep(2)  # the page comes after the word
        connection.close()  # this thread's own
        return b'{"rows": []}' if page > 3 else b'{"rows": [{"id": %d}]}' % page

    with department_interface(answer):
        options = {"rows": "rows", "page": "page"}
        a_collection("people", source="other", table="list", options=options)
        assert run().state == RunState.STOPPED
        assert not has_lake() or "people" not in _tables()
        assert run().taken == 3


def test_progress_is_told_table_by_table() -> None:
    sql = ";".join(f"create table t{n} (id int primary key)" for n in range(3))
    with source_database(sql):
        slugs = [a_collection(f"t{n}").slug for n in range(3)]
        told: list[int] = []
        collect(slugs=slugs, by=PLATFORM, report=lambda one: told.append(one.done))
        assert told[-1] == 3


def test_pages_and_jobs_do_not_load_the_library() -> None:
    told = (
        "import sys, django; django.setup(); from django.urls import get_resolver;"
        "get_resolver().url_patterns; import diebian.base.lake.jobs, diebian.base.lake.public;"
        "print({'duckdb', 'pyarrow', 'pymysql', 'openpyxl'} & set(sys.modules))"
    )
    done = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def _tables() -> set[str]:
    with open_lake() as lake:
        return lake.tables()


@pytest.mark.usefixtures("lake_place")
def test_the_past_stays_after_compaction() -> None:
    """Statistics of what is left must not be taken for those of what was."""
    with open_lake() as lake:
        first = {1: "a", 2: "b"}
        for number, rows in enumerate((first, {0: "a", 1: "a", 2: "a", 5: "c"}, {5: "c"})):
            told = " UNION ALL ".join(f"SELECT {one}::BIGINT AS id, '{of}' AS name"
                                      for one, of in rows.items())  # fmt: skip
            with lake.writing(batch=f"b{number}", message="m", note={}):
                if number == 0:
                    lake.create("t", {"id": "BIGINT", "name": "VARCHAR"}, told)
                else:
                    lake.merge("t", ["id"], ["id", "name"], told)
                    lake.keep_only("t", ["id"], told)
        last = lake.snapshot()
        lake.compact("t")
        then = lake.read("t", last - 1)
        assert sorted(then.aggregate("id, count(*)", "id").fetchall()) == [
            (0, 1), (1, 1), (2, 1), (5, 1)
        ]  # fmt: skip
        assert sorted(then.project("id").distinct().fetchall()) == [(0,), (1,), (2,), (5,)]
        asked = lake.touched("t", ["id"], last - 2, lake.snapshot())
        assert sorted(lake.duck.execute(asked).fetchall()) == [(0,), (1,), (2,), (5,)]


@pytest.mark.usefixtures("lake_place")
def test_a_further_connection_writes_nothing_into_the_catalogue() -> None:
    """What each wrote there, two that came at one moment could not both write."""
    asked = "select xmin::text, value from lake.ducklake_metadata order by 1, 2"
    with open_lake(), connection.cursor() as cursor:
        cursor.execute(asked)
        before = cursor.fetchall()
        with open_lake() as second:
            assert second.tables() == set()
        cursor.execute(asked)
        assert cursor.fetchall() == before
