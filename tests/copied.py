"""The database of a worker: made once by all migrations, and copied for every other worker."""

import fcntl
import os
from pathlib import Path

from django.db import connection
from django.test.utils import setup_databases

TEMPLATE = "diebian_template"


def make() -> None:
    told = connection.settings_dict
    own = told["TEST"]["NAME"] or f"test_{told['NAME']}"  # as Django names it
    with (Path(os.environ["DIEBIAN_TEST_RUN"]) / ".template").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _copied(TEMPLATE, own):
            setup_databases(verbosity=0, interactive=False)
            connection.close()
            _copied(own, TEMPLATE)
    connection.settings_dict["NAME"] = own


def drop() -> None:
    own = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        for name in (own, TEMPLATE):
            cursor.execute(f'drop database if exists "{name}" with (force)')


def _copied(source: str, target: str) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("select 1 from pg_database where datname = %s", [source])
        if cursor.fetchone() is None:
            return False
        cursor.execute(f'drop database if exists "{target}" with (force)')
        cursor.execute(f'create database "{target}" template "{source}"')
        return True
