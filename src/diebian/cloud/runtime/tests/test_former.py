"""A database of a former version: taken on where it had come to its end, refused in between."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db

NOW, FORMER = ("audit", "0001_as_of_2026_11_27"), ("audit", "0003_tree")


def test_one_that_came_to_its_end_is_up_to_date() -> None:
    _forget(NOW)
    with connection.execute_wrapper(_no_table_is_made):
        call_command("migrate", verbosity=0)
    assert NOW in _applied()


@pytest.mark.parametrize("words", [[], ["audit"], ["--plan"]])
def test_one_in_between_is_refused_and_left_as_it_is(words: list[str]) -> None:
    _forget(NOW)
    _forget(FORMER)
    before = _applied()
    with pytest.raises(CommandError, match=r"audit\.0003_tree.*c8d29d9.*runtime\.in_between"):
        call_command("migrate", *words, verbosity=0)
    assert _applied() == before


def _no_table_is_made(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    assert not sql.lower().startswith(("create", "alter", "drop")), sql
    return execute(sql, params, many, context)


def _forget(migration: tuple[str, str]) -> None:
    MigrationRecorder(connection).record_unapplied(*migration)


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())
