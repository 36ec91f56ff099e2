"""Two departments, a supervisor, a leader, the working calendar."""

import csv
from pathlib import Path

import pytest

from diebian.base.directory.public import load_working_days
from diebian.security.identity.public import PLATFORM, register_department, register_official
from tests.laid import laid_once

from .made import LEAD, OTHER, PEOPLE, WORD

ROOT = Path(__file__).parents[5]


def set_the_scene() -> None:
    for code in (LEAD, OTHER):
        register_department(credit_code=code, name=f"样例单位{code[:4]}", by=PLATFORM)
    for username, (code, post) in PEOPLE.items():
        told = {"username": username, "password": WORD, "name": username, "department": code}
        register_official(**told, posts=[post], by=PLATFORM)  # type: ignore[arg-type]
    [notice, *_] = sorted(ROOT.glob("cities/*/holidays_2026.csv"))
    with notice.open(newline="") as file:
        load_working_days(rows=list(csv.DictReader(file)), by=PLATFORM)


laid = laid_once(set_the_scene)


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:
    """Each test in its own savepoint."""
