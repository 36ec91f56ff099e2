"""A lake of this test alone: real DuckLake in the test's database, files in its own folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings


@pytest.fixture
def folder(db: None, settings: Settings, tmp_path: Path) -> Path:
    """A data folder without a lake: quick."""
    assert db is None  # asked for
    settings.DIEBIAN_DATA = tmp_path
    return tmp_path


@pytest.fixture
def lake_place(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    assert transactional_db is None  # asked for: the lake looks from connections of its own
    settings.DIEBIAN_DATA = tmp_path
    yield tmp_path
    with connection.cursor() as cursor:
        cursor.execute("drop schema if exists lake cascade")
