from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def folder(db: None, settings: Settings, tmp_path: Path) -> Path:
    """A data folder without a lake: quick."""
    assert db is None  # asked for
    settings.DIEBIAN_DATA = tmp_path
    return tmp_path
