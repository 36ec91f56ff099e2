"""“全部按键” names every key that a desk page answers to, and none that it does not."""

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[3]
DESKS = [
    page
    for page in sorted(SOURCES.rglob("templates/**/*.html"))
    if '{% extends "desk.html" %}' in page.read_text()
]
OF_A_STRIP = {"c", "d", "m", "n"}  # of whoever calls numbers: they stand on its buttons


def parts_of(page: Path) -> str:
    """The page with all that it includes of its own component."""
    told = page.read_text()
    for name in re.findall(r'{% include "([^"]+)"', told):
        part = page.parents[1] / name
        told += parts_of(part) if part.exists() else ""
    return told


def test_there_are_desks() -> None:
    assert DESKS


@pytest.mark.parametrize("page", DESKS, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_the_list_of_keys_is_the_keys_of_the_page(page: Path) -> None:
    told = parts_of(page)
    [listed] = re.findall(r"{% block deskkeys %}(.*?){% endblock %}", told)
    named = {key.lower() for key in re.findall(r"<kbd>(.)</kbd>", listed)}
    keys = set(re.findall(r'(?:data-key|\bkey)="(.)"', told))
    optional = OF_A_STRIP if "strip.keys" in told else set[str]()
    assert keys <= named <= keys | optional
