"""For every test: a quick password hash. The real one costs half a second for each account."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _quick_hash(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
