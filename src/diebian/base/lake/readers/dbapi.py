"""Any database with a Python driver (DB-API 2): `fetchmany` into Arrow batches of text.

Text, because each driver has its own ideas of numbers and dates; the lake casts them, and what does
not cast is a reason beside a row. A dialect says how a table is described and named.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pyarrow as pa

from diebian.base.lake.names import quoted
from diebian.base.lake.refusals import DriverMissing, SourceUnreachable, TableUnknown
from diebian.base.lake.watch import Watch

from .postgres import where
from .protocol import BATCH_ROWS, Shape, SourceColumn, Window, text_batch

Connect = Callable[[], Any]
Described = tuple[tuple[SourceColumn, ...], frozenset[str]]


def plain_described(connection: Any, place: str) -> Described:
    """Names only, from an empty answer: every driver can do that."""
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"SELECT * FROM {place} WHERE 1 = 0")
        return tuple(SourceColumn(one[0]) for one in cursor.description), frozenset()


@dataclass(frozen=True)
class Dialect:
    quote: Callable[[str], str] = quoted
    described: Callable[[Any, str], Described] = plain_described
    picked: Callable[[str, str], str] = lambda name, _: name  # a column's name, quoted, and type
    faults: tuple[type[Exception], ...] = (Exception,)  # the driver's own base class


class DbApiReader:
    def __init__(self, connect: Connect, table: str, dialect: Dialect, watch: Watch) -> None:
        self._connect, self.table, self.dialect, self._watch = connect, table, dialect, watch
        self._known: Shape | None = None

    def shape(self) -> Shape:
        try:
            with self._opened() as connection:
                columns, unique = self.dialect.described(connection, self._place)
        except self.dialect.faults as error:
            raise TableUnknown(f"{self.table}：{_line(error)}") from error
        if not columns:
            raise TableUnknown(self.table)
        self._known = Shape(columns, unique)
        return self._known

    def batches(self, columns: Sequence[str], window: Window) -> Iterator[pa.RecordBatch]:
        types = {one.name: one.type for one in (self._known or self.shape()).columns}
        quote = self.dialect.quote
        picked = ", ".join(self.dialect.picked(quote(name), types[name]) for name in columns)
        asked = f"SELECT {picked} FROM {self._place}{where(window, quote)}"
        try:
            with self._opened() as connection, closing(connection.cursor()) as cursor:
                cursor.execute(asked)
                while rows := cursor.fetchmany(BATCH_ROWS):
                    self._watch.check()
                    yield text_batch(columns, [[_text(value) for value in row] for row in rows])
        except self.dialect.faults as error:
            raise SourceUnreachable(f"读到一半断了：{_line(error)}") from error

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        try:
            with closing(self._open()) as connection:
                yield connection
        finally:
            self._watch.lets_go()

    def _open(self) -> Any:
        try:
            return self._connect()
        except self.dialect.faults as error:
            raise SourceUnreachable(_line(error)) from error

    @property
    def _place(self) -> str:
        return ".".join(self.dialect.quote(part) for part in self.table.split("."))


def driver(module: str) -> Any:
    """Drivers of some databases come from their makers, not from an index."""
    try:
        return import_module(module)
    except ImportError as error:
        raise DriverMissing(module) from error


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if hasattr(value, "isoformat"):
        told = value.isoformat()
        return str(told).replace("T", " ")
    return str(value)


def _line(error: Exception) -> str:
    return " ".join(str(part) for part in error.args)[:200] or type(error).__name__
