"""A department's PostgreSQL, and never the platform's own: the one way in, for collecting from it
and for delivering into it.

The platform's server is known by the moment it started, told by whatever answers there: no alias,
tunnel or name that changes hides it. What stands beside the platform's database on its server are
the sandbox systems alone, whose databases are named here and not by a person.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from diebian.kernel.progress import quiet

from .addresses import database_words
from .models import SourceKind
from .refusals import AddressWrong
from .secrets import address_and_secret

CONNECT_SECONDS = "10"
# Where nobody looks: libpq would send what stands in the operators' own file, or environment.
NO_FILE = "/dev/null/none"
SERVER = "extract(epoch from pg_catalog.pg_postmaster_start_time())::text"
ASKED = (
    f"select {SERVER}, exists (select 1 from pg_catalog.pg_class "
    "where relname = 'exchange_grant' and relkind = 'r')"  # only the platform's own has it
)


@dataclass(frozen=True)
class Database:
    """With its password: for connecting, never for showing."""

    words: Mapping[str, Any]
    is_beside: bool  # a sandbox system's, on the platform's own server

    def conninfo(self, **also: Any) -> str:
        return make_conninfo(**{**self.words, **also})

    def opened(
        self, application: str, held: Callable[[int], None] = quiet, **also: Any
    ) -> psycopg.Connection[Any]:
        """Raises psycopg's own errors, and `AddressWrong` where it is the platform's. `held` is
        told the number of its socket before anything is asked: an answer may never come.
        """
        made = psycopg.connect(self.conninfo(application_name=application, **also))
        try:
            held(made.fileno())
            refuse_ours(made, psycopg.ProgrammingError, is_beside=self.is_beside)
        except BaseException:
            made.close()
            raise
        return made


def department_database(
    address: Mapping[str, Any], *, secret: str, department: str, kind: str = SourceKind.POSTGRESQL
) -> Database:
    """`secret` names one that is kept for the department (credit code) and this address. Raises
    `AddressWrong`, `SecretMissing`, `SecretElsewhere`.
    """
    told, password = address_and_secret(kind, address, secret=secret, department=department)
    if "sandbox" in told:
        words = _sandbox_words(str(told["sandbox"]))
        password = password or words.get("password", "")
    else:
        words = {**database_words(str(told["url"])), "passfile": NO_FILE}
    return Database(
        {**words, "password": password, "connect_timeout": CONNECT_SECONDS}, "sandbox" in told
    )


def limits(*, lock: float, statement: float) -> dict[str, str]:
    """Words for connecting: after how many seconds that server itself ends a wait for a lock or a
    statement, and how a dead line is noticed.
    """
    seconds = {"lock_timeout": lock, "statement_timeout": statement}
    options = " ".join(f"-c {name}={told * 1000:.0f}ms" for name, told in seconds.items())
    return {"options": options, "keepalives_idle": "30", "keepalives_interval": "10",
            "keepalives_count": "3"}  # fmt: skip


def refuse_ours(opened: Any, faults: type[Exception], *, is_beside: bool = False) -> None:
    """`opened`: a connection of any driver (DB-API); `faults`: its `ProgrammingError`. A server
    that does not know the question is not the platform's: that one does.
    """
    try:
        with closing(opened.cursor()) as cursor:
            cursor.execute(ASKED)
            started, is_ours = cursor.fetchone()
    except faults:
        opened.rollback()
        return
    if is_ours or (not is_beside and started == _own_start()):
        raise AddressWrong("这是平台自己的数据库服务，不从这里收，也不往这里送")


def _own_start() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"select {SERVER}")
        return str(cursor.fetchone()[0])


def _sandbox_words(system: str) -> dict[str, Any]:
    """Beside the database that `up` was told of, named after it: see `sandbox.server`."""
    url = os.environ.get("SANDBOX_DATABASE_URL") or os.environ.get("DATABASE_URL")
    kept = connection.get_connection_params()
    words = {"dbname", "user", "password", "host", "port"}
    told = conninfo_to_dict(url) if url else {one: kept[one] for one in words if kept.get(one)}
    own = str(told.get("dbname") or "")
    return {**told, "dbname": f"{'sandbox' if own in {'', 'postgres'} else own}_{system}"}
