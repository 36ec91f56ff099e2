"""Halls of a city's folder: their kinds, hours and departments have to fit."""

import shutil
from pathlib import Path

import pytest

from diebian.standards.profile import check

YUNXI = Path(__file__).parents[5] / "cities" / "yunxi"


def test_a_hall_that_fits_is_right(tmp_path: Path) -> None:
    assert _faults(tmp_path, "", "") == []


@pytest.mark.parametrize(
    ("was", "will", "says"),
    [
        ("organisation: Y01", "organisation: Y99", "organisations.csv 里没有 Y99"),
        ("  phone:", "  county: '880199'\n  phone:", "divisions.csv 里没有 880199"),
        ("kinds: [general]", "kinds: [moon]", "kinds 里没有 moon"),
        ("number: 2", "number: 1", "1 号窗口写了两次"),
        ("letter: L", "letter: A", "A 写了两次"),
        ("13:00-17:00", "11:00-17:00", "不能重叠"),
        ("09:00-12:00", "9-12", "应为 08:30-11:30 这样的时间段"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(
    was: str, will: str, says: str, tmp_path: Path
) -> None:
    [fault] = _faults(tmp_path, was, will)
    assert fault.startswith("halls.yaml:")
    assert says in fault


def _faults(tmp_path: Path, was: str, will: str) -> list[str]:
    folder = Path(shutil.copytree(YUNXI, tmp_path / "city"))
    file = folder / "halls.yaml"
    text = file.read_text()
    assert was in text
    file.write_text(text.replace(was, will) if was else text)
    return [str(fault) for fault in check(folder)]
