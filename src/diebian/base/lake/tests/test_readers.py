"""The contract of every adapter: the same cases from each kind of source, the same rows out."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from diebian.base.lake.databases import Database
from diebian.base.lake.duck import bare
from diebian.base.lake.models import Mode
from diebian.base.lake.readers.dbapi import DbApiReader, Dialect
from diebian.base.lake.readers.file import file_reader
from diebian.base.lake.readers.http import HttpReader
from diebian.base.lake.readers.mysql import mysql_reader
from diebian.base.lake.readers.postgres import PostgresSource
from diebian.base.lake.readers.protocol import Reader, Straight, Window
from diebian.base.lake.refusals import TableUnknown
from diebian.base.lake.sources import SourcePlace
from diebian.base.lake.staged import Staged
from diebian.base.lake.staging import stage
from diebian.base.lake.tasks import ColumnPlan, Task
from diebian.base.lake.watch import Watch

from .people import database_words

NOWHERE = SourcePlace("", {}, "", "", "s")
Row = tuple[Any, ...]
Open = Callable[[str], Reader | Straight]
Make = Callable[[str, list[Row]], None]
TYPES = {"id": "BIGINT", "name": "VARCHAR", "amount": "DECIMAL(12,2)", "born": "DATE"}
CASES: list[Row] = [
    (1, "样例王芳", Decimal("12.30"), date(1988, 3, 12)),
    (2, "𠮷野家；'引号\"，", Decimal("-0.01"), date(2000, 2, 29)),
    (3, None, None, None),
]
BIG = [(n, f"样例{n}", Decimal(n), date(2020, 1, 1)) for n in range(1, 45_001)]
KINDS = ["postgresql", "mysql", "dbapi-psycopg", "dbapi-sqlite", "csv", "csv-gb18030", "xlsx",
         "json", "xml"]  # fmt: skip
CREATE = (
    "create table {} (id bigint primary key, name varchar(60), amount decimal(12,2), born date)"
)


@pytest.fixture
def watch() -> Iterator[Watch]:
    with Watch(300) as made:
        yield made


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, watch: Watch) -> Iterator[tuple[str, Open, Make]]:
    del watch  # the makers ask for it
    with MAKERS[request.param](request) as (open_, make):
        yield request.param, open_, make


def test_types_nulls_and_chinese_come_through(kind: tuple[str, Open, Make], tmp_path: Path) -> None:
    _, open_, make = kind
    make("cases", CASES)
    told = taken(open_("cases"), tmp_path)
    assert told.rows == CASES
    assert told.staged.bad == []


def test_an_empty_table_gives_no_rows(kind: tuple[str, Open, Make], tmp_path: Path) -> None:
    _, open_, make = kind
    make("no_rows", [])
    assert taken(open_("no_rows"), tmp_path).rows == []


def test_a_large_table_comes_in_batches_and_whole(
    kind: tuple[str, Open, Make], tmp_path: Path
) -> None:
    name, open_, make = kind
    rows = BIG[:5_000] if name in {"xlsx", "xml"} else BIG
    make("large", rows)
    told = taken(open_("large"), tmp_path)
    assert (told.staged.read, told.staged.taken) == (len(rows), len(rows))
    assert told.rows[-1] == rows[-1]


def test_a_shape_names_every_column_in_its_order(kind: tuple[str, Open, Make]) -> None:
    _, open_, make = kind
    make("cases", CASES)
    shape = open_("cases").shape()
    assert [one.name for one in shape.columns] == list(TYPES)
    assert {one.type for one in shape.columns} <= {"", *TYPES.values()}


def test_a_table_that_is_not_there_is_refused(kind: tuple[str, Open, Make]) -> None:
    name, open_, _ = kind
    if name in {"json", "xml"}:
        pytest.skip("an interface that is not there answers 404, see test_bad_input")
    with pytest.raises(TableUnknown):
        open_("missing").shape()


def test_a_window_cuts_from_and_to(kind: tuple[str, Open, Make], tmp_path: Path) -> None:
    _, open_, make = kind
    make("cases", CASES)
    told = taken(open_("cases"), tmp_path, Window("id", "2", "3"))
    assert [row[0] for row in told.rows] == [2]


class taken:  # noqa: N801  reads as a sentence
    """A reader's rows, cast as the lake would keep them."""

    def __init__(
        self, reader: Reader | Straight, folder: Path, window: Window | None = None
    ) -> None:
        duck = bare(folder)
        duck.execute("LOAD postgres_scanner; ATTACH ':memory:' AS stage")
        columns = tuple(ColumnPlan(name, type_) for name, type_ in TYPES.items())
        window = window or Window()
        task = Task(
            run_id=1, collection_id=1, slug="s", title="样例", place=NOWHERE, table="",
            lake_table="t", mode=Mode.WATERMARK, key=("id",), watermark_column="id", watermark="",
            columns=columns, ignored=(), options={}, minutes=1, window_from=window.since,
            window_to=window.until,
        )  # fmt: skip
        self.staged: Staged = stage(duck, reader, task, reader.shape(), Watch(60))
        self.rows: list[Row] = duck.execute(f"{self.staged.good} ORDER BY id").fetchall()
        duck.close()


@contextmanager
def _postgres(request: pytest.FixtureRequest) -> Iterator[tuple[Open, Make]]:
    words = {**database_words(), "dbname": "postgres"}
    with psycopg.connect(**words, autocommit=True) as made:
        made.execute("drop schema if exists lake_contract cascade; create schema lake_contract")

        def make(table: str, rows: list[Row]) -> None:
            place = f"lake_contract.{table}"
            made.execute(CREATE.format(place).encode())
            with made.cursor().copy(f"copy {place} from stdin".encode()) as copy:
                for row in rows:
                    copy.write_row(row)

        source = PostgresSource(Database(words, is_beside=True), "s")
        yield lambda table: source.reader(f"lake_contract.{table}", _watch(request)), make
        made.execute("drop schema lake_contract cascade")


@contextmanager
def _mysql(request: pytest.FixtureRequest) -> Iterator[tuple[Open, Make]]:
    import pymysql

    try:
        made = pymysql.connect(host="127.0.0.1", user="root", autocommit=True, charset="utf8mb4")
    except pymysql.err.Error:
        pytest.skip("no MariaDB on 127.0.0.1:3306")
    with made, made.cursor() as cursor:
        cursor.execute("drop database if exists lake_contract")
        cursor.execute("create database lake_contract character set utf8mb4")

        def make(table: str, rows: list[Row]) -> None:
            cursor.execute(CREATE.format(f"lake_contract.`{table}`"))
            told = f"insert into lake_contract.`{table}` values (%s, %s, %s, %s)"
            if rows:
                cursor.executemany(told, rows)

        url = "mysql://root@127.0.0.1:3306/lake_contract"
        yield lambda table: mysql_reader(url, "", table, _watch(request)), make
        cursor.execute("drop database lake_contract")


@contextmanager
def _psycopg(request: pytest.FixtureRequest) -> Iterator[tuple[Open, Make]]:
    """The way to Kingbase, whose driver speaks as this one does."""
    words = {**database_words(), "dbname": "postgres", "options": "-c search_path=lake_contract"}
    with _postgres(request) as (_, make):
        dialect = Dialect(faults=(psycopg.Error,))
        yield (
            lambda table: DbApiReader(
                lambda: psycopg.connect(**words), table, dialect, _watch(request)
            ),
            make,
        )


@contextmanager
def _sqlite(request: pytest.FixtureRequest) -> Iterator[tuple[Open, Make]]:
    """A driver with ideas of its own about types, as those of some makers have."""
    file = request.getfixturevalue("tmp_path") / "source.db"

    def make(table: str, rows: list[Row]) -> None:
        with sqlite3.connect(file) as made:
            made.execute(CREATE.format(table))
            told = [(row[0], row[1], *(None if one is None else str(one) for one in row[2:]))
                    for row in rows]  # fmt: skip
            made.executemany(f"insert into {table} values (?, ?, ?, ?)", told)
        made.close()

    dialect = Dialect(faults=(sqlite3.Error,))
    yield (
        lambda table: DbApiReader(lambda: sqlite3.connect(file), table, dialect, _watch(request)),
        make,
    )


def _watch(request: pytest.FixtureRequest) -> Watch:
    made: Watch = request.getfixturevalue("watch")
    return made


def _files(
    suffix: str, write: Callable[[Path, list[list[Any]]], None]
) -> Callable[[pytest.FixtureRequest], Any]:
    @contextmanager
    def maker(request: pytest.FixtureRequest) -> Iterator[tuple[Open, Make]]:
        folder = request.getfixturevalue("tmp_path")

        def make(table: str, rows: list[Row]) -> None:
            write(folder / f"{table}{suffix}", [list(TYPES), *(list(row) for row in rows)])

        yield lambda table: file_reader(folder, f"{table}{suffix}", _watch(request)), make

    return maker


def _csv(encoding: str) -> Callable[[Path, list[list[Any]]], None]:
    def write(place: Path, rows: list[list[Any]]) -> None:
        import csv

        with place.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)

    return write


def _xlsx(place: Path, rows: list[list[Any]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(place)


def _interface(format_: str) -> Callable[[pytest.FixtureRequest], Any]:
    @contextmanager
    def maker(request: pytest.FixtureRequest) -> Iterator[tuple[Open, Make]]:
        tables: dict[str, list[Row]] = {}

        class System(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                asked = parse_qs(parts.query)
                page, size = int(asked["page"][0]), int(asked["size"][0])
                rows = tables[parts.path.strip("/")][(page - 1) * size : page * size]
                told = [dict(zip(TYPES, map(_plain, row), strict=True)) for row in rows]
                body = _as_xml(told) if format_ == "xml" else json.dumps({"data": {"row": told}})
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), System)
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        options = {"format": format_, "rows": "data.row", "page": "page", "size": "size",
                   "size_value": 2000}  # fmt: skip
        base = f"http://127.0.0.1:{server.server_port}"
        yield (
            lambda table: HttpReader(base, table, options, "", _watch(request)),
            tables.__setitem__,
        )
        server.shutdown()
        server.server_close()

    return maker


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def _as_xml(rows: list[dict[str, Any]]) -> str:
    from xml.sax.saxutils import escape

    told = "".join(
        "<row>"
        + "".join(
            f"<{name}>{'' if v is None else escape(str(v))}</{name}>" for name, v in row.items()
        )
        + "</row>"
        for row in rows
    )
    return f"<?xml version='1.0' encoding='utf-8'?><answer><data>{told}</data></answer>"


MAKERS: dict[str, Callable[[pytest.FixtureRequest], Any]] = {
    "postgresql": _postgres,
    "mysql": _mysql,
    "dbapi-psycopg": _psycopg,
    "dbapi-sqlite": _sqlite,
    "csv": _files(".csv", _csv("utf-8-sig")),
    "csv-gb18030": _files(".csv", _csv("gb18030")),
    "xlsx": _files(".xlsx", _xlsx),
    "json": _interface("json"),
    "xml": _interface("xml"),
}
