"""For every test: a quick password hash, and a wall that is read anew each time it is asked."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _quick_hash(settings: Settings) -> None:
    """The real one costs half a second for each account."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _fresh_wall(settings: Settings) -> None:
    settings.WALL_SHARED_SECONDS = 0
