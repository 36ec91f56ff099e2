import pytest

from diebian.base.process.running import waking

from . import people


@pytest.fixture(autouse=True)
def _services() -> None:
    people.register()


@pytest.fixture
def nobody_is_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of tests that commit a wake-up would stay in the queue for others."""
    monkeypatch.setattr(waking, "_wakers", [])
