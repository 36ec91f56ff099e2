"""达梦 and 人大金仓 by their makers' drivers, which are not here: modules that behave as theirs do.

What is agreed with them: the words of `connect`, `Error` and `ProgrammingError`, a cursor with
`description` and `fetchmany`. Whether the makers keep to it is seen with their own products only.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import psycopg
import pytest
from django.db import connection

from diebian.base.lake import databases
from diebian.base.lake.models import Mode, RunState, SourceKind
from diebian.base.lake.refusals import SourceUnreachable, TableUnknown
from diebian.base.lake.secrets import keep_secret
from diebian.security.identity.public import PLATFORM
from tests.forwarding import own_server_by_tcp

from .people import PEOPLE, a_collection, department, other_source, rows, run, source_database

pytestmark = pytest.mark.usefixtures("lake_place")
MOMENT = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001  a database's own, without a zone
ROWS = [
    ("1", "样例王芳", Decimal("1.50"), date(1990, 1, 2), MOMENT, b"\x00\xff"),
    ("2", None, None, None, None, None),
]
COLUMNS = ["id", "name", "amount", "born", "changed", "raw"]


@dataclass
class Dameng:
    """A driver module's memory: what it was asked, what it answers."""

    asked: list[str] = field(default_factory=list)
    connected: list[dict[str, Any]] = field(default_factory=list)
    rows: list[tuple[Any, ...]] = field(default_factory=lambda: list(ROWS))
    breaks: str = ""
    open: int = 0

    class Error(Exception):
        pass

    class ProgrammingError(Error):
        pass

    def connect(self, **words: Any) -> "Line":
        if self.breaks == "connect":
            raise self.Error(-70028, "创建SOCKET连接失败")
        self.connected.append(words)
        self.open += 1
        return Line(self)


class Line:
    def __init__(self, of: Dameng) -> None:
        self.of = of

    def cursor(self) -> "Answers":
        return Answers(self.of)

    def close(self) -> None:
        self.of.open -= 1


class Answers:
    description: ClassVar[list[tuple[str]]] = [(name,) for name in COLUMNS]

    def __init__(self, of: Dameng) -> None:
        self.of, self.left = of, list(of.rows)

    def execute(self, asked: str) -> None:
        self.of.asked.append(asked)
        if '"GONE"' in asked:
            raise self.of.ProgrammingError(-2106, "无效的表或视图名[GONE]")

    def fetchmany(self, count: int) -> list[tuple[Any, ...]]:
        if self.of.breaks == "fetch":
            raise self.of.Error(-6007, "网络通信异常")
        told, self.left = self.left[:count], self.left[count:]
        return told

    def close(self) -> None:
        """Nothing to give back."""


@pytest.fixture
def dameng(monkeypatch: pytest.MonkeyPatch) -> Dameng:
    told = Dameng()
    monkeypatch.setitem(sys.modules, "dmPython", _module("dmPython", told))
    url = "dm://READER@db.example:5237"
    keep_secret(name="dm-reader", department=department(), origin=url.replace("READER@", ""),
                text="word", by=PLATFORM)  # fmt: skip
    other_source(SourceKind.DM, {"url": url}, secret="dm-reader")
    return told


TYPES = {"id": "BIGINT", "amount": "DECIMAL(12,2)", "born": "DATE", "changed": "TIMESTAMP",
         "raw": "BLOB"}  # fmt: skip


def test_a_dameng_table_comes_whole_with_its_types(dameng: Dameng) -> None:
    a_collection("people", source="other", table="HR.PEOPLE", types=TYPES)
    told = run()
    assert (told.state, told.taken, told.quarantined) == (RunState.DONE, 2, 0)
    assert rows() == [
        (1, "样例王芳", Decimal("1.50"), date(1990, 1, 2), MOMENT, b"\x00\xff"),
        (2, None, None, None, None, None),
    ]
    words = {"user": "READER", "password": "word", "server": "db.example", "port": 5237}
    assert dameng.connected[0] == words
    assert dameng.asked[0] == 'SELECT * FROM "HR"."PEOPLE" WHERE 1 = 0'
    assert dameng.open == 0  # every connection was given back


def test_a_dameng_table_is_asked_from_its_watermark_on(dameng: Dameng) -> None:
    a_collection("people", source="other", table="PEOPLE", types=TYPES, mode=Mode.WATERMARK,
                 watermark_column="changed")  # fmt: skip
    run()
    run()
    assert dameng.asked[-1].endswith("""WHERE "changed" >= '2026-01-02 02:59:05'""")


@pytest.mark.parametrize("breaks", ["connect", "fetch"])
def test_a_dameng_that_breaks_is_told_with_its_own_words(dameng: Dameng, breaks: str) -> None:
    a_collection("people", source="other", table="PEOPLE", types=TYPES)
    run()
    dameng.breaks = breaks
    told = run()
    assert told.state == RunState.FAILED
    assert {"connect": "创建SOCKET连接失败", "fetch": "网络通信异常"}[breaks] in told.sentence
    assert len(rows()) == 2
    assert dameng.open == 0
    dameng.breaks = "connect"
    with pytest.raises(SourceUnreachable):
        a_collection("again", source="other", table="PEOPLE")
    dameng.breaks = ""
    with pytest.raises(TableUnknown, match="无效的表或视图名"):
        a_collection("gone", source="other", table="GONE")


def test_a_kingbase_table_comes_as_through_psycopg(
    monkeypatch: pytest.MonkeyPatch, lake_place: Path
) -> None:
    """Kingbase's driver is psycopg2 by another name; its server answers PostgreSQL's questions."""
    assert lake_place
    asked: list[dict[str, Any]] = []

    def connect(**words: Any) -> Any:
        asked.append(words)
        return psycopg.connect(**words)

    module = ModuleType("ksycopg2")
    vars(module).update(connect=connect, Error=psycopg.Error,
                        ProgrammingError=psycopg.ProgrammingError)  # fmt: skip
    monkeypatch.setitem(sys.modules, "ksycopg2", module)
    with _kingbase(monkeypatch) as url:
        other_source(SourceKind.KINGBASE, {"url": url})
        a_collection("people", source="other", slug="kb", types={"id": "BIGINT"})
        assert run("kb").taken == 100
        with pytest.raises(TableUnknown):
            a_collection("gone", source="other")
    assert set(asked[0]) == {"user", "host", "port", "dbname", "sslmode", "password",
                             "connect_timeout"}  # fmt: skip


@contextmanager
def _kingbase(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with source_database(PEOPLE), own_server_by_tcp() as way:
        monkeypatch.setattr(databases, "_own_start", lambda: "of another server")
        own = f"{connection.settings_dict['NAME']}_core"
        yield way.url(own).replace("postgresql://", "kingbase://")


def _module(name: str, told: Dameng) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(
        connect=told.connect, Error=told.Error, ProgrammingError=told.ProgrammingError
    )
    return made
