"""The wall of a platform that has nothing to tell says so, and does not show noughts as facts."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.browsing import browser

from .day import DUTY

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    monkeypatch.setattr(settings, "DIEBIAN_DATA", tmp_path)  # no meter has ever run there
    return browser(DUTY).get("/brain/").content.decode()


def test_nothing_to_look_at_is_said_in_words(told: str) -> None:
    assert "现在没有要人管的事" in told


def test_a_meter_that_does_not_run_is_not_a_nought(told: str) -> None:
    assert "计量没有运行" in told


def test_without_a_city_there_is_no_map_and_no_fault(told: str) -> None:
    assert "还没有载入城市资料" in told
