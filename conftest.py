"""For every test: a quick password hash, a wall that is read anew each time it is asked, and no
deadline for what a property tries: it would measure how busy the machine is.

For those that ask: a lake of their own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management.commands import flush
from django.db import connection
from django.test.utils import override_settings
from hypothesis import settings as of_properties
from pytest_django import Settings

from tests.emptied import emptying

of_properties.register_profile("diebian", deadline=None)
of_properties.load_profile("diebian")


@pytest.fixture(autouse=True, scope="session")
def _quick_flush() -> Iterator[None]:
    """Django empties all tables after a test with transactions of its own; few have any rows."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(flush, "sql_flush", emptying)
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_hash_and_fresh_wall() -> Iterator[None]:
    """The real hash costs half a second for each account."""
    md5 = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=md5, FIGURES_SHARED_SECONDS=0):
        yield


@pytest.fixture
def lake_place(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Real DuckLake in the test's database, files in its own folder."""
    del transactional_db  # named so that it is there: the lake looks from connections of its own
    settings.DIEBIAN_DATA = tmp_path
    yield tmp_path
    with connection.cursor() as cursor:
        cursor.execute("drop schema if exists lake cascade")
