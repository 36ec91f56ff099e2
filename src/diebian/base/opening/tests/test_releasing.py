"""What is written for the public: once for each snapshot, checked again, and nothing besides."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest

from diebian.base.catalogue.public import ItemFacts, withdraw_entry
from diebian.base.messages.public import unread
from diebian.base.opening import rows
from diebian.base.opening.actions import withdraw
from diebian.base.opening.columns import How, OpenColumn
from diebian.base.opening.models import Dataset, Release, State
from diebian.base.opening.reading import RELEASED, reading
from diebian.base.opening.refreshing import refresh_all, tidy
from diebian.base.opening.refusals import (
    Busy,
    FactsUnclear,
    QuestionWrong,
    TooEasyToFind,
    TooMuch,
    Withdrawn,
)
from diebian.base.opening.releasing import release
from diebian.base.opening.rows import page_of
from diebian.base.opening.shelf import place_of
from diebian.base.opening.shown import (
    count_download,
    downloads_of,
    is_still_open,
    open_dataset,
    open_datasets,
    released,
)
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Post
from diebian.standards.metadata import Privacy

from .people import (
    AIR,
    AREA,
    BUREAU,
    PEOPLE,
    RESULT,
    YEAR,
    a_table,
    air,
    facts,
    opened,
    proposed,
    who,
)

NUMBERED = [ItemFacts("编号", column="id"), ItemFacts("结果", column="result"),
            ItemFacts("姓名", privacy=Privacy.PERSONAL, column="name")]  # fmt: skip


def files(row: Dataset) -> dict[str, Path]:
    told = Release.objects.filter(dataset=row).first()
    assert told is not None
    return {name: place_of(one["digest"]) for name, one in told.files.items()}


def test_the_three_files_say_the_same_and_a_formula_is_text_in_the_sheet() -> None:
    a_table(PEOPLE)
    row = opened(facts(AREA, YEAR, RESULT, leave_out_small=True))
    made = files(row)
    text = made["csv"].read_bytes()
    assert text.startswith("\ufeff区划,年份,结果\n".encode())
    sheet = list(csv.reader(StringIO(text.decode("utf-8-sig"))))[1:]
    rows = duckdb.read_parquet(str(made["parquet"])).fetchall()
    assert json.loads(made["json"].read_text()) == [
        {"区划": area, "年份": year, "结果": result} for area, year, result in rows
    ]
    assert len(sheet) == len(rows) == 385  # the 15 of the smallest area are not there
    assert {one[2] for one in sheet} == {"'=1+1", "'+抽查", "合格"}
    assert {one[2] for one in rows} == {"=1+1", "+抽查", "合格"}
    assert not {one[0] for one in rows} & {"100103"}
    told = Release.objects.get()
    assert (told.rows, told.left_out, len(told.preview)) == (385, 15, 10)


def test_no_name_no_number_and_no_order_of_the_source_is_in_any_file() -> None:
    a_table(PEOPLE)
    made = files(opened(facts(AREA, RESULT, leave_out_small=True)))
    assert "样例1".encode() not in made["csv"].read_bytes() + made["parquet"].read_bytes()
    rows = duckdb.read_parquet(str(made["parquet"])).fetchall()
    assert rows == sorted(rows)


def test_a_number_of_each_row_is_no_column_for_everybody() -> None:
    a_table(PEOPLE, items=NUMBERED)
    with pytest.raises(TooEasyToFind, match="像编号"):
        proposed(facts(OpenColumn("id", "编号"), RESULT))
    assert proposed(facts(OpenColumn("id", "编号", how=How.BAND, width=200), RESULT)).pk


def test_a_release_is_written_anew_only_when_something_was_collected() -> None:
    a_table(AIR)
    row = opened(air(), AIR)
    collected(row)
    assert refresh_all() == 0  # collected anew, says the same: no new release
    assert Release.objects.count() == 1
    looked = Dataset.objects.get().looked_at
    assert refresh_all() == 0
    assert Dataset.objects.get().looked_at == looked  # nothing was collected: nothing is counted
    told = Release.objects.get()
    plot = told.plots[0]
    assert (plot["kind"], plot["measure"], len(plot["points"])) == ("line", "指数（平均）", 3)
    assert [one["kind"] for one in told.plots] == ["line", "bars"]


def test_what_adds_up_is_drawn_as_a_total_where_its_department_says_so() -> None:
    a_table(AIR)
    columns = (OpenColumn("day", "日期"), OpenColumn("place", "站点"),
               OpenColumn("aqi", "指数", is_summed=True))  # fmt: skip
    opened(facts(*columns, title="空气", about_people=False), AIR)
    told = Release.objects.get()
    assert [one["measure"] for one in told.plots] == ["指数（合计）", "指数（合计）"]
    totals = [sum(point["value"] for point in one["points"]) for one in told.plots]
    assert totals[0] == totals[1]


@pytest.mark.parametrize("column", [OpenColumn("place", "站点", is_summed=True),
                                    OpenColumn("aqi", "指数", how=How.BAND, width=5,
                                               is_summed=True)])  # fmt: skip
def test_only_a_number_that_is_told_as_it_is_adds_up(column: OpenColumn) -> None:
    a_table(AIR)
    with pytest.raises(FactsUnclear, match="合计"):
        proposed(facts(column, about_people=False), AIR)


def test_two_releases_never_differ_by_a_few_people(lake: Any) -> None:
    a_table(PEOPLE)
    row = opened(facts(AREA, RESULT, leave_out_small=True))

    def grown(by: int) -> Release | None:
        rows = "SELECT 9000 + i AS id, 'x' AS name, '100101' AS area, current_date AS day, "
        rows += f"'合格' AS result FROM range({by}) t(i)"
        with lake.writing(batch=f"grown-{by}", message="test", note={}):
            lake.append("people", rows)
        collected(row)
        return release(row.public_id)

    try:
        assert grown(19) is None
        row.refresh_from_db()
        assert "不到 20 行" in row.trouble
        made = grown(1)
        assert made is not None
        assert (made.number, made.rows) == (2, 405)
        row.refresh_from_db()
        assert row.trouble == ""
    finally:
        with lake.writing(batch="shrunk", message="test", note={}):
            lake.duck.execute("DELETE FROM lake.people WHERE id >= 9000")


def test_what_no_longer_passes_leaves_the_release_before_it_and_tells_the_provider() -> None:
    a_table(PEOPLE)
    row = opened(facts(AREA, RESULT, leave_out_small=True))
    Dataset.objects.filter(pk=row.pk).update(leave_out_small=False)  # as rows would change
    collected(row)
    before = unread(row.proposed_key).count()
    assert release(row.public_id) is None
    row.refresh_from_db()
    assert "可能认出是谁" in row.trouble
    assert (row.releases.count(), row.state) == (1, State.PUBLISHED)
    assert unread(row.proposed_key).count() == before + 1
    collected(row)
    release(row.public_id)
    assert unread(row.proposed_key).count() == before + 1  # told once


def test_what_the_catalogue_forbids_by_now_is_gone_at_once_and_then_withdrawn() -> None:
    a_table(AIR)
    row = opened(air(), AIR)
    row.entry.items.update(level=3)
    collected(row)
    assert release(row.public_id) is None
    row.refresh_from_db()
    assert (row.state, "级别是 3 级" in row.reason) == (State.WITHDRAWN, True)
    with pytest.raises(Withdrawn):
        open_dataset(row.public_id)


def test_an_entry_that_is_withdrawn_takes_its_open_data_along_in_the_same_moment() -> None:
    entry = a_table(AIR)
    row = opened(air(), AIR)
    assert is_still_open(row.public_id)
    withdraw_entry(entry_id=entry, reason="不再提供", by=who(Post.AUTHORITY, BUREAU))
    assert not is_still_open(row.public_id)
    assert open_datasets() == []
    with pytest.raises(Withdrawn, match="目录已撤销"):
        released(row.public_id)


def test_what_was_never_open_is_not_there_and_what_was_withdrawn_says_why() -> None:
    a_table(AIR)
    row = proposed(air(), AIR)
    with pytest.raises(NotFound):
        open_dataset(row.public_id)
    done = opened(air(title="另一份"), AIR)
    withdraw(dataset_id=done.public_id, reason="发现有误", by=who(Post.DATA_HEAD))
    with pytest.raises(Withdrawn, match="发现有误"):
        released(done.public_id)
    assert all(place.exists() for place in files(done).values())
    assert tidy(grace=0) == 3
    assert not any(place.exists() for place in files(done).values())


def test_downloads_are_counted_by_format_and_day_and_nothing_else() -> None:
    a_table(AIR)
    row = opened(air(), AIR)
    for form in ("csv", "csv", "json"):
        count_download(row.public_id, form)
    assert downloads_of(row.public_id) == {"csv": 2, "json": 1}
    assert row.downloads.get(format="csv").day == clock.today()


@pytest.fixture
def page() -> Any:
    a_table(AIR)
    _, told = released(opened(air(), AIR).public_id)

    def ask(**asked: str) -> Any:
        return page_of(told, {name: [value] for name, value in asked.items()})

    return ask


def test_rows_come_in_pages_that_neither_miss_nor_repeat_one(page: Any) -> None:
    seen: list[tuple[Any, ...]] = []
    offset: int | None = 0
    while offset is not None:
        told = page(limit="40", offset=str(offset))
        seen += [tuple(row.values()) for row in told.rows]
        offset = told.next_offset
    assert len(seen) == len(set(seen)) == 90
    assert seen == sorted(seen)


def test_filters_choose_rows_and_nothing_else(page: Any) -> None:
    assert page(站点="a1").matching == 30
    high = sum(40 + i * 7 % 60 >= 90 for i in range(90))
    assert page(指数__gte="90", 指数__lte="99").matching == high
    assert page(日期__lte="2026-01-10").matching == 10
    assert page(站点__contains="2", limit="0").matching == 30
    assert page(站点="' OR '1'='1").matching == 0
    assert page(站点="a1'; DROP VIEW released; --").rows == []
    assert page(offset="999999999999").rows == []


def test_questions_never_take_all_of_the_web_process(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "PATIENCE", 0.01)
    for _ in range(3):
        assert rows.PLACES.acquire(blocking=False)
    with pytest.raises(Busy):
        page(站点="a1")
    for _ in range(3):
        rows.PLACES.release()
    assert page(站点="a1").matching == 30


UNREADABLE: list[dict[str, str]] = [
    {"站点\" = 'a1' OR \"站点": "x"},
    {"1=1) --": "x"},
    {"id": "1"},
    {"站点__like": "%"},
    {"指数": "1 OR 1=1"},
    {"日期": "昨天"},
    {"limit": "1001"},
    {"limit": "-1"},
    {"offset": "9" * 30},
    {"offset": "1; DROP TABLE x"},
    {"offset": "²"},
    {"站点": "x" * 201},
    {"站点": "\0"},
]


def test_a_question_that_cannot_be_read_is_refused_at_its_field(page: Any) -> None:
    for asked in UNREADABLE:
        with pytest.raises(QuestionWrong) as refused:
            page(**asked)
        assert list(refused.value.fields) == [next(iter(asked))[:60]]


def test_the_engine_behind_the_api_sees_one_file_and_can_be_stopped(shelf: Path) -> None:
    a_table(AIR)
    made = files(opened(air(), AIR))
    secret = shelf / "secret.csv"
    secret.write_text("a\n1\n")
    with reading(made["parquet"]) as duck:
        for told in (f"FROM '{secret}'", f"FROM read_text('{secret}')", "INSTALL httpfs",
                     f"COPY {RELEASED} TO '{shelf / 'out.csv'}'", "SET memory_limit = '9GB'",
                     f"ATTACH '{shelf / 'x.db'}'"):  # fmt: skip
            with pytest.raises(duckdb.Error):
                duck.execute(told)
    with pytest.raises(TooMuch), reading(made["parquet"], seconds=0.05) as duck:
        duck.execute("SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b")


def collected(row: Dataset) -> None:
    """As the lake notes it when a batch has come in."""
    type(row.collection).objects.filter(pk=row.collection.pk).update(collected_at=clock.now())
