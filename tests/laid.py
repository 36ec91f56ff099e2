"""A world that the tests of a file share. It is made once; what a test does to it is undone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker


def laid_once(build: Callable[[], object]) -> Callable[..., Any]:
    """A fixture for tests in transactions, which are savepoints of the one that `build` runs in.

    Not for files of tests that commit: emptying the tables would wait for it for ever.
    """

    @pytest.fixture(scope="module", autouse=True)
    def laid(
        django_db_setup: None,  # noqa: ARG001  asked for, so that there is a database
        django_db_blocker: DjangoDbBlocker,
    ) -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            build()
            with django_db_blocker.block():
                yield
            transaction.set_rollback(True)

    return laid
