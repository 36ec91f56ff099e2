import pytest

from . import people


@pytest.fixture(autouse=True)
def _services() -> None:
    people.register()
