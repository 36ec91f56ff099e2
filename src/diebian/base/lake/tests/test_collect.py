"""A department's database into the lake: full, by watermark, by changes; what is held."""

from decimal import Decimal

import pytest

from diebian.base.lake.duck import platform_place
from diebian.base.lake.hold_actions import ADOPT, LEAVE_OUT, decide_hold
from diebian.base.lake.models import Collection, DriftHold, Mode, RunState
from diebian.base.lake.refusals import ColumnsUnclear, WindowWrong
from diebian.base.lake.store import TableStore

from .people import a_collection, reasons, rows, run, source_database, watermarked, who

pytestmark = pytest.mark.usefixtures("lake_place")


def test_a_full_collection_takes_all_and_then_only_what_changed() -> None:
    with source_database() as source:
        a_collection()
        first = run()
        assert (first.state, first.read, first.taken, first.changed) == ("done", 100, 100, 100)
        assert rows()[0][1:3] == ("样例1", Decimal("1.25"))
        source.execute("update people set name = '改' where id = 7")
        source.execute("delete from people where id > 98")
        source.execute("insert into people values (500, '新', 1, '2000-01-01')")
        second = run()
        assert (second.taken, second.changed) == (99, 4)
        assert {row[0]: row[1] for row in rows()}[7] == "改"
        assert [row[0] for row in rows()][-2:] == [98, 500]
        assert run().changed == 0


def test_an_unchanged_table_is_known_by_its_checksum_and_a_swap_is_not_missed() -> None:
    with source_database() as source:
        a_collection()
        first, second = run(), run()
        assert (second.checksum, second.changed) == (first.checksum, 0)
        assert second.snapshot == first.snapshot
        source.execute(
            "update people set name = case id when 1 then '样例2' else '样例1' end where id < 3"
        )
        third = run()
        assert third.checksum != first.checksum
        assert (third.changed, [row[1] for row in rows()[:2]]) == (2, ["样例2", "样例1"])


def test_each_batch_is_a_snapshot_to_go_back_to_and_to_take_changes_from() -> None:
    with source_database() as source:
        a_collection()
        before = run()
        source.execute("update people set name = '改' where id = 7")
        source.execute("delete from people where id = 8")
        after = run()
    assert before.snapshot is not None
    assert after.snapshot == before.snapshot + 1
    assert len(rows(at=before.snapshot)) == 100
    assert len(rows()) == 99
    with TableStore(platform_place()) as store:
        told = store.changes("people", before.snapshot).fetchall()
        assert sorted((row[2], row[3]) for row in told) == [("delete", 8), ("update_postimage", 7)]
        assert store.changes("people", after.snapshot or 0).fetchall() == []


def test_a_watermark_asks_only_for_what_is_new() -> None:
    with source_database() as source:
        watermarked()
        run()
        assert Collection.objects.get().watermark == "2026-01-01 01:40:00"
        source.execute("insert into people values (500, '新', 1, '2000-01-01', '2026-02-01')")
        source.execute("insert into people values (501, '来年', 1, '2000-01-01', '2999-01-01')")
        second = run()
        # five minutes are read again, for rows that were committed late
        assert (second.read, second.changed) == (8, 2)
        assert Collection.objects.get().watermark == "2026-02-01 00:00:00"
        assert len(rows()) == 102


def test_a_back_fill_reads_a_window_again_and_leaves_the_watermark() -> None:
    with source_database() as source:
        watermarked()
        run()
        source.execute("update people set name = '补' where id between 10 and 20")
        told = run(since="2026-01-01 00:10:00", until="2026-01-01 00:15:00")
        assert (told.read, told.changed) == (5, 5)
        assert Collection.objects.get().watermark == "2026-01-01 01:40:00"
        assert [row[0] for row in rows() if row[1] == "补"] == [10, 11, 12, 13, 14]
        a_collection(slug="whole")
        with pytest.raises(WindowWrong):
            run("whole", since="2026-01-01")


def test_changes_are_applied_in_their_order() -> None:
    log = """create table log (seq bigint primary key, op text, id bigint, name text);
      insert into log values (1, 'I', 1, 'a'), (2, 'I', 2, 'b'), (3, 'U', 1, 'c'),
        (4, 'D', 2, 'b')"""
    with source_database(log) as source:
        options = {"op": "op", "sequence": "seq"}
        a_collection("log", mode=Mode.CHANGES, watermark_column="seq", options=options)
        assert run("log").quarantined == 0
        assert rows("log") == [(1, "c")]
        source.execute("insert into log values (5, 'I', 2, 'd'), (6, 'D', 1, 'c')")
        assert run("log").state == RunState.DONE
        assert rows("log") == [(2, "d")]
        assert run("log").changed == 0


def test_a_column_that_vanished_stops_the_collection_until_somebody_decides() -> None:
    with source_database() as source:
        a_collection()
        run()
        source.execute("alter table people drop column amount")
        held = run()
        assert held.state == RunState.HELD
        assert "少了列：amount" in held.sentence
        assert run().state == RunState.HELD
        hold = DriftHold.objects.get()
        with pytest.raises(ColumnsUnclear):
            decide_hold(hold_id=hold.pk, decision=LEAVE_OUT, by=who())
        decide_hold(hold_id=hold.pk, decision=ADOPT, by=who())
        assert run().state == RunState.DONE
        assert rows()[0][2] == Decimal("1.25")  # what the lake had, it keeps


def test_a_new_type_and_a_new_column_are_held_and_adopted() -> None:
    with source_database() as source:
        a_collection()
        run()
        source.execute("alter table people alter amount type text, add column phone text")
        source.execute("update people set amount = '不详', phone = '1' where id = 3")
        held = run()
        assert "列“amount”原是数 DECIMAL(12,2)，现在是文字 VARCHAR" in held.sentence
        assert "多了列：phone" in held.sentence
        decide_hold(hold_id=DriftHold.objects.get().pk, decision=ADOPT, by=who())
        told = run()
        assert [why for _, why in reasons(told)] == ["“amount”的值不是数"]
        assert (told.taken, len(rows()), len(rows()[0])) == (99, 100, 6)
        assert rows()[2][2] == Decimal("3.75")  # what is quarantined now, the lake still has


def test_a_new_column_can_be_left_out_for_good() -> None:
    with source_database() as source:
        a_collection()
        source.execute("alter table people add column phone text")
        run()
        decide_hold(hold_id=DriftHold.objects.get().pk, decision=LEAVE_OUT, by=who())
        assert run().state == RunState.DONE
        assert len(rows()[0]) == 5


def test_a_source_that_is_as_before_needs_no_decision() -> None:
    with source_database() as source:
        a_collection()
        source.execute("alter table people rename column name to title")
        assert run().state == RunState.HELD
        source.execute("alter table people rename column title to name")
        assert run().state == RunState.DONE
        assert DriftHold.objects.get().decision == "as_before"


def test_an_emptied_source_does_not_empty_the_lake() -> None:
    with source_database() as source:
        a_collection()
        run()
        source.execute("delete from people where id > 3")
        held = run()
        assert "原有 100 行，这次只给了 3 行" in held.sentence
        assert len(rows()) == 100
        decide_hold(hold_id=DriftHold.objects.get().pk, decision=ADOPT, by=who())
        assert run().state == RunState.DONE
        assert len(rows()) == 3
        assert "may_shrink" not in Collection.objects.get().options


def test_names_from_a_source_are_never_sql() -> None:
    name = 'x"; drop table people; --'
    quoted = '"' + name.replace('"', '""') + '"'
    sql = f"""create table {quoted} (id bigint primary key, {quoted} text, "a'b" text);
      insert into {quoted} values (1, 'Robert''); drop table x;--', '''')"""
    with source_database(sql):
        a_collection(name, slug="bobby")
        assert run("bobby").state == RunState.DONE
        assert rows("bobby") == [(1, "Robert'); drop table x;--", "'")]
