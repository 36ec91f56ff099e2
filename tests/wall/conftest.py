"""The busy day is made once for a module; each test works in a savepoint that is rolled back."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from diebian.kernel import clock

from .day import NOON, a_busy_day


@pytest.fixture(scope="module")
def _busy_day(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    with django_db_blocker.unblock(), transaction.atomic():
        a_busy_day()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.held_at(NOON):
        yield
