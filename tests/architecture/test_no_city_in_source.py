"""A city is data: no name and no code of a city, county or department stands in `src/`.

The words come from the folders in `cities/` themselves, so a new city is watched from its first
day. What a name shares with every city (人民政府, 街道) is left out: it names nothing.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WATCHED = {".py", ".html", ".md", ".sql", ".txt", ".yaml", ".toml", ".json"}
BUILT = "static"  # made from web/ by the build
SYSTEMS = ("不动产", "公积金", "人社", "医保", "户籍")  # what people call departments by
PREFIXES = ("2107",)  # a city that docs speak of, without a folder
KINDS = ("市", "区", "县", "自治县", "自治州", "盟", "旗")
EVERYWHERE = {"government", "town_government"}
LEAST = 2  # shorter words name nothing for sure


def test_no_name_of_a_city_stands_in_the_source() -> None:
    found = list(_named(ROOT / "src", _words(), _codes()))
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(
    "planted",
    [
        "铁岭市的页面", "铁岭",
        "银州区", "银州", "云溪市", "兰汀区", "青荇县", "查询不动产", "公积金",
        "市人社局", "铁岭市人力资源和社会保障局", "人力资源和社会保障局", "云溪市安居储金会",
        "安居储金会", "市储金会", "division = '211200'", "990102", "prefix 2107",
    ],
)  # fmt: skip
def test_a_planted_name_is_caught_with_file_and_line(tmp_path: Path, planted: str) -> None:
    (tmp_path / "page.html").write_text(f"<p>\n{planted}\n</p>\n")
    assert any(line.startswith("page.html:2: ") for line in _found(tmp_path))


@pytest.mark.parametrize(
    "harmless",
    [
        "市人民政府",
        "身份证 110105194912310021",
        "91110000600037341L",
        "街道办事处",
        "县级",
        "年 2026",
    ],
)
def test_what_every_city_has_is_let_through(tmp_path: Path, harmless: str) -> None:
    (tmp_path / "page.py").write_text(f"# {harmless}\n")
    assert _found(tmp_path) == []


def _found(folder: Path) -> list[str]:
    return list(_named(folder, _words(), _codes()))


def _named(folder: Path, words: re.Pattern[str], codes: re.Pattern[str]) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        if file.suffix not in WATCHED or BUILT in file.parts:
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            for found in (*words.finditer(line), *codes.finditer(line)):
                yield f"{file.relative_to(folder)}:{number}: {found[0]}"


@cache
def _words() -> re.Pattern[str]:
    words = set(SYSTEMS)
    for folder in _cities():
        city = yaml.safe_load((folder / "city.yaml").read_text())
        places = {city["name"], city["short_name"], *_counties(folder)}
        words |= places | {_stem(place) for place in places}
        words |= set(_departments(folder, places))
    return _any_of(word for word in words if len(word) >= LEAST)


@cache
def _codes() -> re.Pattern[str]:
    """A city's four digits where a number begins: within a longer number they mean nothing."""
    prefixes = {yaml.safe_load((folder / "city.yaml").read_text())["code"][:4]
                for folder in _cities()}  # fmt: skip
    return re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(sorted(prefixes | set(PREFIXES)))})\d*")


def _cities() -> list[Path]:
    return sorted(file.parent for file in (ROOT / "cities").glob("*/city.yaml"))


def _counties(folder: Path) -> set[str]:
    return {row["name"] for row in _rows(folder / "divisions.csv") if row["level"] == "county"}


def _departments(folder: Path, places: set[str]) -> Iterator[str]:
    """Names and short names of the city's departments, and the same without the place."""
    for row in _rows(folder / "organisations.csv"):
        if row["kind"] in EVERYWHERE or row["level"] == "town":
            continue
        for name in (row["name"], row["short_name"]):
            yield name
            bare = name
            for place in sorted(places, key=len, reverse=True):
                bare = bare.removeprefix(place)
            if row["level"] == "city":
                yield bare if name == row["name"] else name


def _stem(place: str) -> str:
    """银州区 is also called 银州; a name of one character is never called so alone."""
    for kind in KINDS:
        if place.endswith(kind) and len(place) - len(kind) >= LEAST:
            return place.removesuffix(kind)
    return place


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as opened:
        return list(csv.DictReader(opened))


def _any_of(words: Iterator[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
