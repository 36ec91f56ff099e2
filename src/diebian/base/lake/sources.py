"""From what is kept of a source to a reader. A password is never kept: it is looked up by name."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from .models import SourceKind
from .readers.protocol import Reader, Shape, Straight
from .refusals import AddressWrong, SecretMissing, SourceUnreachable

SECRET_NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")
SANDBOX = re.compile(r"[a-z][a-z0-9_]{0,30}")
CONNECT_SECONDS = "10"
SCHEMES = {
    SourceKind.POSTGRESQL: {"postgresql", "postgres"},
    SourceKind.MYSQL: {"mysql", "mariadb"},
    SourceKind.KINGBASE: {"kingbase", "postgresql"},
    SourceKind.DM: {"dm"},
    SourceKind.HTTP: {"http", "https"},
}


def checked_address(kind: str, address: Mapping[str, Any]) -> dict[str, Any]:
    """A URL without a password, or the name of a sandbox system of this installation."""
    if kind in {SourceKind.FILE, SourceKind.PUSH}:
        return {}
    if kind in {SourceKind.POSTGRESQL, SourceKind.HTTP} and SANDBOX.fullmatch(
        str(address.get("sandbox", ""))
    ):
        return {"sandbox": address["sandbox"]}
    url = str(address.get("url", ""))
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES[SourceKind(kind)]:
        raise AddressWrong(f"应以 {'、'.join(sorted(SCHEMES[SourceKind(kind)]))}:// 开头")
    if parts.password:
        raise AddressWrong("地址里不要写口令；口令由运维人员放好，这里只写它的名字")
    return {"url": url}


def secret(name: str) -> str:
    """From a file of the owner's only, or from the environment."""
    if not name:
        return ""
    if not SECRET_NAME.fullmatch(name):
        raise SecretMissing(name)
    file = Path(settings.DIEBIAN_DATA) / "secrets" / name
    word = f"DIEBIAN_SECRET_{name.upper().replace('-', '_')}"
    if file.is_file():
        return file.read_text().strip()
    if word not in os.environ:
        raise SecretMissing(f"文件 secrets/{name} 或环境变量 {word}")
    return os.environ[word]


def incoming(source_slug: str) -> Path:
    """Where a department's files are put."""
    return Path(settings.DIEBIAN_DATA) / "incoming" / source_slug


class Readers:
    """Readers of one session: what a database says of its tables is asked once.

    `only`: the session is about this table alone.
    """

    def __init__(self, only: str = "") -> None:
        self._only = only
        self._databases: dict[str, Any] = {}

    def open(
        self,
        *,
        kind: str,
        address: Mapping[str, Any],
        secret_name: str,
        source_slug: str,
        table: str,
        options: Mapping[str, Any],
        collection_id: int = 0,
    ) -> Reader | Straight:
        if kind == SourceKind.POSTGRESQL:
            return self._postgres(address, secret_name).reader(table)  # type: ignore[no-any-return]
        if kind == SourceKind.FILE:
            from .readers.file import file_reader

            return file_reader(incoming(source_slug), table)
        if kind == SourceKind.PUSH:
            from .readers.pushed import PushedReader

            return PushedReader(collection_id)
        return _other(kind, _url(address), secret(secret_name), table, options)

    def tables(
        self, kind: str, address: Mapping[str, Any], secret_name: str
    ) -> list[tuple[str, Shape]]:
        if kind != SourceKind.POSTGRESQL:
            raise AddressWrong("只有 PostgreSQL 的源可以一次登记全部的表")
        source = self._postgres(address, secret_name)
        return [(name, source.reader(name).shape()) for name in source.names()]

    def _postgres(self, address: Mapping[str, Any], secret_name: str) -> Any:
        from .readers.postgres import PostgresSource

        conninfo = postgres_conninfo(address, secret_name)
        if conninfo not in self._databases:
            name = f"source{len(self._databases)}"
            self._databases[conninfo] = PostgresSource(conninfo, name, self._only)
        return self._databases[conninfo]


def postgres_conninfo(address: Mapping[str, Any], secret_name: str) -> str:
    """Raises `SecretMissing`. The password is in it: it is for connecting, never for showing."""
    told = _postgres_words(address)
    told["connect_timeout"] = CONNECT_SECONDS
    if password := secret(secret_name):
        told["password"] = password
    return make_conninfo(**told)


def _url(address: Mapping[str, Any]) -> str:
    """Of a sandbox system the one that `up` chose, or the real one's that replaces it."""
    if "sandbox" not in address:
        return str(address["url"])
    word = f"DIEBIAN_SANDBOX_{str(address['sandbox']).upper()}"
    if word not in os.environ:
        raise SourceUnreachable(f"没有设置 {word}")
    return os.environ[word]


def _postgres_words(address: Mapping[str, Any]) -> dict[str, Any]:
    if "url" in address:
        return dict(conninfo_to_dict(str(address["url"])))
    url = os.environ.get("SANDBOX_DATABASE_URL") or os.environ.get("DATABASE_URL")
    kept = connection.get_connection_params()
    words = {"dbname", "user", "password", "host", "port"}
    told = conninfo_to_dict(url) if url else {one: kept[one] for one in words if kept.get(one)}
    own = str(told.get("dbname") or "")
    system = address["sandbox"]
    return {**told, "dbname": f"{'sandbox' if own in {'', 'postgres'} else own}_{system}"}


def _other(kind: str, url: str, password: str, table: str, options: Mapping[str, Any]) -> Reader:
    if kind == SourceKind.HTTP:
        from .readers.http import HttpReader

        return HttpReader(url, table, options, password)
    if kind == SourceKind.MYSQL:
        from .readers.mysql import mysql_reader

        return mysql_reader(url, password, table)
    from .readers.dbapi import DbApiReader, Dialect, driver

    # The makers' own drivers: dmPython and ksycopg2 come with the database, not from an index.
    if kind == SourceKind.KINGBASE:
        words = conninfo_to_dict(urlunsplit(urlsplit(url)._replace(scheme="postgresql")))
        maker = driver("ksycopg2")
        told = {**words, "password": password}
        return DbApiReader(lambda: maker.connect(**told), table, Dialect(faults=(maker.Error,)))
    parts, maker = urlsplit(url), driver("dmPython")
    told = {"user": unquote(parts.username or ""), "password": password,
            "server": parts.hostname, "port": parts.port or 5236}  # fmt: skip
    return DbApiReader(lambda: maker.connect(**told), table, Dialect(faults=(maker.Error,)))
