"""For every test: a quick password hash, a wall that is read anew each time it is asked, and no
deadline for what a property tries: it would measure how busy the machine is.

For those that ask: a database, and a lake of their own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management.commands import flush
from django.template import Context, Template
from django.test.utils import override_settings
from hypothesis import settings as of_properties
from pytest_django import DjangoDbBlocker, Settings

from tests import copied, lakes
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
def _quick_pages(
    django_test_environment: None,  # noqa: ARG001  which writes what is put back here
) -> Iterator[None]:
    """Django would keep a copy of all that each part of a page was given, which no test reads: what
    a page says is read from the page.
    """

    def rendered(self: Template, context: Context) -> str:
        return str(self.nodelist.render(context))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Template, "_render", rendered)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_blocker: DjangoDbBlocker,
    django_test_environment: None,  # noqa: ARG001  both come before it
    django_db_modify_db_settings: None,  # noqa: ARG001
) -> Iterator[None]:
    """In the place of the plug-in's own, which migrates for each worker."""
    with django_db_blocker.unblock():
        copied.make()
    yield
    with django_db_blocker.unblock():
        copied.drop()


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
    lakes.take()
    yield tmp_path
    lakes.put_back()
