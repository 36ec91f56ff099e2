"""A city is a folder of data. Reading it finds every fault with file, line and a sentence."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from .identifiers import is_credit_code, is_id_number

Row = Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass(frozen=True)
class CityProfile:
    """What the folder says, row by row, as text; the line of a row is its place + 2."""

    folder: Path
    city: Mapping[str, Any]
    divisions: list[Row]
    organisations: list[Row]
    items: list[Row]
    holidays: list[Row]
    people: Mapping[str, Any]
    journey: Mapping[str, Any]
    map: Mapping[str, Any]
    faults: list[Fault] = field(default_factory=list)


def _is_division(text: str) -> bool:
    return re.fullmatch(r"\d{12}", text) is not None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_days(text: str) -> bool:
    return text == "" or text.isdecimal()


Check = tuple[str, Callable[[str], bool], str]
TABLES: Mapping[str, tuple[str, tuple[Check, ...]]] = {
    "divisions.csv": (
        "code",
        (
            ("code", _is_division, "区划代码应为 12 位数字"),
            ("name", bool, "缺少名称"),
            (
                "parent_code",
                lambda text: text == "" or _is_division(text),
                "上级代码应为 12 位数字",
            ),
        ),
    ),
    "organisations.csv": (
        "code",
        (
            ("code", bool, "缺少机构代码"),
            ("name", bool, "缺少名称"),
            ("uscc", is_credit_code, "统一社会信用代码的校验位不对"),
        ),
    ),
    "service_items.csv": (
        "code",
        (
            ("name", bool, "缺少事项名称"),
            ("statutory_days", _is_days, "法定时限应为整数"),
            ("promised_days", _is_days, "承诺时限应为整数"),
        ),
    ),
    "holidays_2026.csv": (
        "date",
        (
            ("date", _is_date, "日期应写成 2026-01-01"),
            ("is_workday", lambda text: text in {"0", "1"}, "是否上班应为 0 或 1"),
        ),
    ),
}


def load(folder: Path) -> CityProfile:
    faults: list[Fault] = []
    tables = {name: _table(folder / name, faults) for name in TABLES}
    profile = CityProfile(
        folder=folder,
        city=_document(folder / "city.yaml", faults),
        divisions=tables["divisions.csv"],
        organisations=tables["organisations.csv"],
        items=tables["service_items.csv"],
        holidays=tables["holidays_2026.csv"],
        people=_document(folder / "people.yaml", faults),
        journey=_document(folder / "journey.yaml", faults),
        map=_map(folder / "map.json", faults),
        faults=faults,
    )
    faults.extend(_references(profile))
    return profile


def _table(file: Path, faults: list[Fault]) -> list[Row]:
    key, checks = TABLES[file.name]
    rows = _rows(file, faults)
    missing = [column for column, *_ in checks if rows and column not in rows[0]]
    if missing:
        faults.append(Fault(file.name, 1, f"缺少列：{'、'.join(missing)}"))
        return rows
    seen: dict[str, int] = {}
    for line, row in enumerate(rows, 2):
        first = seen.setdefault(row[key], line)
        if first != line:
            faults.append(Fault(file.name, line, f"{row[key]} 与第 {first} 行重复"))
        faults.extend(
            Fault(file.name, line, f"{sentence}：{row[column]}")
            for column, is_right, sentence in checks
            if not is_right(row[column] or "")
        )
    return rows


def _rows(file: Path, faults: list[Fault]) -> list[Row]:
    try:
        with file.open(newline="", encoding="utf-8") as opened:
            return list(csv.DictReader(opened))
    except FileNotFoundError:
        faults.append(Fault(file.name, 0, "缺少这个文件"))
    except UnicodeDecodeError:
        faults.append(Fault(file.name, 0, "不是 UTF-8 编码，请另存为 UTF-8"))
    return []


def _document(file: Path, faults: list[Fault]) -> Mapping[str, Any]:
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(Fault(file.name, 0, "缺少这个文件"))
        return {}
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        faults.append(Fault(file.name, line, "YAML 写法有误，请看这一行的缩进和引号"))
        return {}
    return read if isinstance(read, dict) else {}


def _map(file: Path, faults: list[Fault]) -> Mapping[str, Any]:
    if not file.exists():
        return {}
    try:
        read: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        faults.append(Fault(file.name, 1, "不是有效的 JSON"))
        return {}
    return read


def _references(profile: CityProfile) -> Iterator[Fault]:
    divisions = {row.get("code", "") for row in profile.divisions}
    organisations = {row.get("code", "") for row in profile.organisations}
    for line, row in enumerate(profile.divisions, 2):
        parent = row.get("parent_code") or ""
        if parent and parent not in divisions:
            yield Fault("divisions.csv", line, f"上级区划不存在：{parent}")
    for line, row in enumerate(profile.organisations, 2):
        if row.get("division_code") not in divisions:
            yield Fault("organisations.csv", line, f"所在区划不存在：{row.get('division_code')}")
        parent = row.get("parent_code") or ""
        if parent and parent not in organisations:
            yield Fault("organisations.csv", line, f"上级机构不存在：{parent}")
    yield from _people(profile, organisations)
    for line, row in enumerate(profile.items, 2):
        if row.get("org_code") not in organisations:
            yield Fault("service_items.csv", line, f"办理机构不存在：{row.get('org_code')}")


def _people(profile: CityProfile, organisations: set[str]) -> Iterator[Fault]:
    for person in profile.people.get("persons", []):
        if not is_id_number(str(person.get("id_number", ""))):
            yield Fault("people.yaml", 0, f"身份证号码不对：{person.get('name')}")
    for official in profile.people.get("officials", []):
        if official.get("organisation") not in organisations:
            yield Fault("people.yaml", 0, f"单位不存在：{official.get('organisation')}")
