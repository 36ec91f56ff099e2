"""From what is kept of a source to a reader. A password is never kept: it is looked up by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from .addresses import port_of, url_of
from .databases import Database, department_database, refuse_ours
from .models import Source, SourceKind
from .readers.protocol import Reader, Shape, Straight
from .refusals import AddressWrong
from .secrets import address_and_secret
from .watch import Watch


@dataclass(frozen=True)
class SourcePlace:
    """Where a source is, and whose: a secret is given out for this department and address alone."""

    kind: str
    address: Mapping[str, Any]
    secret: str  # its name
    department: str  # credit code
    slug: str


def place_of(source: Source) -> SourcePlace:
    return SourcePlace(
        kind=source.kind,
        address=source.address,
        secret=source.secret,
        department=source.department.credit_code,
        slug=source.slug,
    )


def incoming(source_slug: str) -> Path:
    """Where a department's files are put."""
    return Path(settings.DIEBIAN_DATA) / "incoming" / source_slug


class Readers:
    """Readers of one lane of a session: what a database says of its tables, and the secret, are
    asked once.

    `only`: the session is about this table alone. `lane`: each attaches databases of its own, for
    a connection has one statement at a time, and ending it must not hit another's.
    """

    def __init__(self, only: str = "", lane: int = 0) -> None:
        self._only, self._lane = only, lane
        self._databases: dict[str, Any] = {}  # by the slug of their source

    def open(
        self,
        place: SourcePlace,
        *,
        table: str,
        options: Mapping[str, Any],
        watch: Watch,
        collection_id: int = 0,
    ) -> Reader | Straight:
        if place.kind == SourceKind.POSTGRESQL:
            return self._postgres(place).reader(table, watch)  # type: ignore[no-any-return]
        if place.kind == SourceKind.FILE:
            from .readers.file import file_reader

            return file_reader(incoming(place.slug), table, watch)
        if place.kind == SourceKind.PUSH:
            from .readers.pushed import PushedReader

            return PushedReader(collection_id)
        return _other(place, table, options, watch)

    def tables(self, place: SourcePlace, watch: Watch) -> list[tuple[str, Shape]]:
        if place.kind != SourceKind.POSTGRESQL:
            raise AddressWrong("只有 PostgreSQL 的源可以一次登记全部的表")
        source = self._postgres(place)
        return [(name, source.reader(name, watch).shape()) for name in source.names(watch)]

    def _postgres(self, place: SourcePlace) -> Any:
        from .readers.postgres import PostgresSource

        if place.slug not in self._databases:
            name = f"source{self._lane}_{len(self._databases)}"
            self._databases[place.slug] = PostgresSource(_database(place), name, self._only)
        return self._databases[place.slug]


def _database(place: SourcePlace) -> Database:
    return department_database(
        place.address, secret=place.secret, department=place.department, kind=place.kind
    )


def _other(place: SourcePlace, table: str, options: Mapping[str, Any], watch: Watch) -> Reader:
    if place.kind == SourceKind.KINGBASE:
        return _kingbase(place, table, watch)
    address, password = address_and_secret(
        place.kind, place.address, secret=place.secret, department=place.department
    )
    url = url_of(address)
    if place.kind == SourceKind.HTTP:
        from .readers.http import HttpReader

        return HttpReader(url, table, options, password, watch)
    if place.kind == SourceKind.MYSQL:
        from .readers.mysql import mysql_reader

        return mysql_reader(url, password, table, watch)
    return _dm(url, password, table, watch)


# The makers' own drivers: ksycopg2 and dmPython come with the database, not from an index.


def _kingbase(place: SourcePlace, table: str, watch: Watch) -> Reader:
    from .readers.dbapi import DbApiReader, Dialect, driver

    database, maker = _database(place), driver("ksycopg2")
    words = {name: value for name, value in database.words.items() if name != "passfile"}

    def connect() -> Any:
        made = maker.connect(**words)
        try:
            watch.holds(made.fileno())
            refuse_ours(made, maker.ProgrammingError)  # it speaks to any PostgreSQL
        except BaseException:
            made.close()
            raise
        return made

    return DbApiReader(connect, table, Dialect(faults=(maker.Error,)), watch)


def _dm(url: str, password: str, table: str, watch: Watch) -> Reader:
    from .readers.dbapi import DbApiReader, Dialect, driver

    parts, maker = urlsplit(url), driver("dmPython")
    told = {"user": unquote(parts.username or ""), "password": password,
            "server": parts.hostname, "port": port_of(url)}  # fmt: skip
    dialect = Dialect(faults=(maker.Error,))
    return DbApiReader(lambda: maker.connect(**told), table, dialect, watch)
