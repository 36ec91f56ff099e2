from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def _folder(settings: Settings, tmp_path: Path) -> None:
    """Keys and published heads of this test alone."""
    settings.DIEBIAN_DATA = tmp_path
