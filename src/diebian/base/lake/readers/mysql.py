"""MySQL and MariaDB through PyMySQL, row by row from the server: nothing is held in memory."""

import socket
from contextlib import closing
from typing import Any
from urllib.parse import unquote, urlsplit

from diebian.base.lake.addresses import port_of
from diebian.base.lake.refusals import AddressWrong
from diebian.base.lake.watch import Watch

from .dbapi import Connect, DbApiReader, Described, Dialect
from .protocol import SourceColumn

DESCRIBE = """
select column_name, data_type, column_type, column_key = 'PRI', numeric_precision, numeric_scale
from information_schema.columns
where table_schema = coalesce(nullif(%s, ''), database()) and table_name = %s
order by ordinal_position
"""
TYPES = {
    "bigint": "BIGINT", "int": "INTEGER", "mediumint": "INTEGER", "smallint": "SMALLINT",
    "tinyint": "SMALLINT", "double": "DOUBLE", "float": "FLOAT", "date": "DATE",
    "datetime": "TIMESTAMP", "timestamp": "TIMESTAMP", "year": "SMALLINT",
}  # fmt: skip
WIDER = {"BIGINT": "HUGEINT", "INTEGER": "BIGINT", "SMALLINT": "INTEGER"}  # where it is unsigned
BINARY = {"blob", "tinyblob", "mediumblob", "longblob", "binary", "varbinary"}
WIDEST = 38
SECONDS = 30


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def mysql_reader(url: str, password: str, table: str, watch: Watch) -> DbApiReader:
    import pymysql

    dialect = Dialect(quoted, _described, _picked, (pymysql.err.Error, OSError))
    return DbApiReader(_connect(url, password, watch), table, dialect, watch)


def _connect(url: str, password: str, watch: Watch) -> Connect:
    import pymysql
    from pymysql.converters import encoders
    from pymysql.cursors import SSCursor

    parts = urlsplit(url)
    if parts.scheme not in {"mysql", "mariadb"} or not parts.hostname:
        raise AddressWrong("应是 mysql://用户@主机:端口/库")

    def connect() -> Any:
        made = pymysql.connect(
            host=parts.hostname,
            port=port_of(url),
            user=unquote(parts.username or ""),
            password=password,
            database=parts.path.strip("/"),
            charset="utf8mb4",
            cursorclass=SSCursor,
            conv=encoders,  # what comes stays text, as the server sends it: the lake casts
            connect_timeout=SECONDS,
            read_timeout=SECONDS * 10,
            init_command="SET SESSION TRANSACTION READ ONLY",
            defer_connect=True,
        )
        line = socket.create_connection((parts.hostname, port_of(url)), timeout=SECONDS)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        watch.holds(line.fileno())  # also while the server still greets
        made.connect(line)  # which closes it where it fails
        return made

    return connect


def _described(connection: Any, place: str) -> Described:
    *schema, table = [part.strip("`").replace("``", "`") for part in place.split("`.`")]
    with closing(connection.cursor()) as cursor:
        cursor.execute(DESCRIBE, ["".join(schema), table])
        rows = cursor.fetchall()
    columns = tuple(SourceColumn(row[0], _type(*row[1:3], *row[4:])) for row in rows)
    return columns, frozenset(row[0] for row in rows if str(row[3]) == "1")


def _type(name: str, whole: str, precision: str | None, scale: str | None) -> str:
    if name == "decimal":
        fits = 0 < int(precision or 0) <= WIDEST
        return f"DECIMAL({precision},{scale})" if fits else "VARCHAR"
    if name in BINARY:
        return "BLOB"
    plain = TYPES.get(name, "VARCHAR")
    return WIDER.get(plain, plain) if "unsigned" in whole else plain


def _picked(name: str, type_: str) -> str:
    """Bytes cannot travel as text; DuckDB reads them from hexadecimal digits."""
    return f"HEX({name})" if type_ == "BLOB" else name
