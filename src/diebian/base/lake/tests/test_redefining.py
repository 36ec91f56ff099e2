"""A definition changes: seen before, kept after; the lake's past stays, the next run goes by it."""

from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from diebian.base.lake.apply import LONGEST_STEM, stem_of
from diebian.base.lake.definition import definition_of
from diebian.base.lake.duck import platform_place
from diebian.base.lake.models import Collection, Mode, QuarantinedRow, Run, Schedule
from diebian.base.lake.redefining import Planned, Wanted, change_collection, plan_change
from diebian.base.lake.refusals import (
    ColumnsUnclear,
    DefinitionMoved,
    NothingChanged,
    WhyMissing,
)
from diebian.base.lake.run_actions import forget_bad_rows
from diebian.base.lake.store import TableStore
from diebian.base.lake.using import TableUser, Use, table_users
from diebian.kernel import clock
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Post, Refused
from tests.browsing import browser

from .people import (
    BUREAU,
    OTHER,
    a_collection,
    file_source,
    rows,
    run,
    source_database,
    watermarked,
    who,
)

pytestmark = pytest.mark.usefixtures("lake_place")
COLUMNS = {"id": "BIGINT", "name": "VARCHAR", "amount": "DECIMAL(12,2)", "born": "DATE",
           "changed": "TIMESTAMP"}  # fmt: skip
NO_BORN = {name: type_ for name, type_ in COLUMNS.items() if name != "born"}


@pytest.fixture(scope="module", autouse=True)
def _user() -> None:
    """Somebody above who uses the column `born`."""
    if "sample" not in {one.slug for one in table_users}:
        use = Use("样例报表", "/样例", frozenset({"born"}))
        table_users.register(TableUser("sample", lambda slug: [use] if slug == "people" else []))


def test_a_column_that_is_not_taken_any_more_keeps_what_it_held() -> None:
    with source_database():
        a_collection()
        run()
        planned = _planned(columns=NO_BORN)
        assert [(one.label, one.was, one.will) for one in planned.differences] == [
            ("列 born", "DATE", "不收了")
        ]
        assert [one.words for one in planned.touched] == ["样例报表"]
        assert not planned.effects.is_whole
        assert "born" in definition_of(Collection.objects.get())["columns"]  # only looked
        made = _change(columns=NO_BORN, why="不再需要")
        second = run()
        assert (second.state, second.version, made.number) == ("done", 2, 2)  # nothing is held
        assert len([row for row in _column("born") if row is not None]) == 100
        assert (made.before["columns"], made.after["columns"]) == (COLUMNS, NO_BORN)
        assert made.by_name == who().name
    assert "lake.collection.changed" in actions_on(Collection.objects.get().audit_subject)


def test_a_new_column_of_an_increment_is_filled_from_the_beginning() -> None:
    with source_database():
        watermarked()
        _change(columns=NO_BORN)
        run()
        before = ProcrastinateJob.objects.filter(task_name="lake.collect_now").count()
        assert _planned(columns=COLUMNS).effects.is_whole
        _change(columns=COLUMNS)
        assert ProcrastinateJob.objects.filter(task_name="lake.collect_now").count() == before + 1
        assert Collection.objects.get().watermark == ""
        assert run().read == 100
        assert None not in _column("born")
        _change(schedule=Schedule.HOURLY)  # nothing of the content: the watermark stays
        assert Collection.objects.get().watermark == "2026-01-01 01:40:00"


def test_a_column_of_another_type_is_set_aside_and_filled_anew() -> None:
    with source_database():
        a_collection()
        run()
        _change(columns={**COLUMNS, "amount": "VARCHAR"})
        assert run().state == "done"
        assert _column("amount")[0] == "1.25"
        assert str(_column("amount__2")[0]) == "1.25"
        assert run().changed == 0


def test_without_a_key_the_table_is_kept_as_it_was() -> None:
    with source_database():
        a_collection(key=[])
        run()
        _change(columns=NO_BORN)
        run()
        assert set(_column("born")) == {None}
        assert len(rows("people__2")) == 100
        run()
        assert _tables() == {"people", "people__2"}  # once


def test_a_run_under_way_ends_by_the_old_definition_and_the_next_goes_by_the_new() -> None:
    with source_database() as source:
        watermarked()
        run()
        source.execute("insert into people values (500, '新', 1, '2000-01-01', '2026-02-01')")

        def meanwhile(where: str) -> None:
            if where == "staged":
                _change(columns={**COLUMNS, "amount": "VARCHAR"})

        told = run(point=meanwhile)
        assert (told.state, told.version) == ("done", 1)
        assert Collection.objects.get().watermark == ""  # not moved by what does not know of it
        after = run()
        assert (after.version, after.read) == (2, 101)
        assert Collection.objects.get().watermark == "2026-02-01 00:00:00"


def test_another_key_takes_the_whole_table_anew_once() -> None:
    with source_database():
        a_collection()
        run()
        _change(key=["name"])
        _change(title="别名")  # before anything was collected by the new key
        with pytest.raises(ColumnsUnclear, match="不能换主键"):
            _planned(mode=Mode.WATERMARK, watermark_column="changed")
        assert run().changed == 200  # 100 out, 100 in
        assert run().changed == 0


def test_what_would_leave_wrong_rows_behind_or_says_nothing_is_refused() -> None:
    with source_database():
        watermarked()
        with pytest.raises(ColumnsUnclear, match="不能换主键"):
            _planned(key=["name"])
        with pytest.raises(ColumnsUnclear, match="不能换类型"):
            _planned(columns={**COLUMNS, "id": "VARCHAR"})
        with pytest.raises(ColumnsUnclear, match="源里没有列：phone"):
            _planned(columns={**COLUMNS, "phone": "VARCHAR"})
        with pytest.raises(NothingChanged):
            _planned()
        with pytest.raises(WhyMissing):
            _change(title="别名", why=" ")
        old = _wanted(title="别名")
        _change(schedule=Schedule.DAILY)
        with pytest.raises(DefinitionMoved):
            change_collection(slug="people", wanted=old, why="样例", by=who())
        with pytest.raises(Refused):
            change_collection(slug="people", wanted=old, why="样例", by=who(Post.DATA_HEAD))


def test_quarantined_rows_go_when_their_days_are_over() -> None:
    (file_source() / "p.csv").write_text("id,born\n1,2026-02-30\n2,2000-01-01\n")
    a_collection(source="files", table="p.csv", types={"id": "BIGINT", "born": "DATE"})
    told = run()
    columns = {"id": "BIGINT", "born": "DATE"}
    _change(columns=columns, table="p.csv", keep_days=30)
    assert forget_bad_rows(by=PLATFORM) == 0
    Run.objects.update(ended_at=clock.now().replace(year=2020))
    assert forget_bad_rows(by=PLATFORM) == 1
    assert QuarantinedRow.objects.count() == 0
    assert Run.objects.get(pk=told.pk).quarantined == 1
    with pytest.raises(Refused):
        forget_bad_rows(by=who())


def test_the_page_shows_the_change_before_it_is_taken() -> None:
    manager = browser(who())
    with source_database():
        a_collection()
        page = manager.get("/lake/people/change").content.decode()
        assert "amount = DECIMAL(12,2)" in page
        told: dict[str, Any] = {
            "version": 1, "title": "样例 people", "table": "people", "mode": "full", "key": "id",
            "schedule": "hourly", "columns": "\n".join(f"{k} = {v}" for k, v in NO_BORN.items()),
            "minutes": 45, "bad_percent": 1, "past_days": 30, "push_days": 30,
        }  # fmt: skip
        page = manager.post("/lake/people/change", {**told, "step": "look"}).content.decode()
        assert "每小时" in page
        assert "最多收多少分钟" in page
        assert "不收了" in page
        assert "样例报表" in page
        assert Collection.objects.get().version == 1
        empty = manager.post("/lake/people/change", {**told, "step": "take"})
        assert empty.status_code == 422
        assert "不收了" in empty.content.decode()  # what would change is still there
        done = manager.post("/lake/people/change", {**told, "step": "take", "why": "少收一列"})
        assert done["Location"] == "/lake/people/"
        assert "第 2 版：少收一列" in manager.get("/lake/people/").content.decode()
    for actor, status in (
        (who(Post.DATA_HEAD), 403), (who(Post.AUTHORITY, BUREAU), 403), (who(of=OTHER), 404)
    ):  # fmt: skip
        assert browser(actor).get("/lake/people/change").status_code == status


def _wanted(**changed: Any) -> Wanted:
    one = Collection.objects.get()
    told = {**definition_of(one), **changed}
    told |= {"mode": Mode(told["mode"]), "schedule": Schedule(told["schedule"])}
    return Wanted(**told, version=one.version)


def _planned(**changed: Any) -> Planned:
    return plan_change(slug="people", wanted=_wanted(**changed), by=who())


def _change(why: str = "样例", **changed: Any) -> Any:
    return change_collection(slug="people", wanted=_wanted(**changed), why=why, by=who())


def _column(name: str) -> list[Any]:
    with TableStore(platform_place()) as store:
        return [row[0] for row in store.read("people").order("id").project(name).fetchall()]


def _tables() -> set[str]:
    with TableStore(platform_place()) as store:
        return store.tables()


def test_copies_of_tables_that_begin_alike_have_names_of_their_own() -> None:
    long = "x" * 58
    told = {stem_of(f"{long}_a", 7), stem_of(f"{long}_b", 8), stem_of("people", 9)}
    assert len(told) == 3
    assert "people" in told
    assert all(len(one) <= LONGEST_STEM for one in told)
