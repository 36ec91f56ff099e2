"""Who can be tried out: the sample people of a city, for the person who starts the platform."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import yaml


def sample_people(city: Path) -> Iterator[str]:
    file = city / "people.yaml"
    if not file.exists():
        return
    told = yaml.load(file.read_text(), yaml.CSafeLoader)
    yield f"样例人员（密码都是 {told['password']}）："
    for one in [*told["persons"], *told["officials"]]:
        gap = " " * max(1, 8 - _width(one["name"]))
        yield f"  {one['username']:12} {one['name']}{gap}{one.get('says', '个人')}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
