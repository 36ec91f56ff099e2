"""A row of `upper_resources.csv`: what it says of an interface of a node above, as a contract."""

from collections.abc import Mapping
from typing import Any

from diebian.standards.identifiers import is_id_number

from .tables import Row

PRIVACY = {"": "", "P": "个人信息", "S": "敏感个人信息"}
MANNERS = ("format", "success", "none", "nested", "rows", "repeatable")


def columns_of(row: Row) -> set[str]:
    return {item.split(":")[1] for item in row["items"].split(";")}


def item_lines(row: Row) -> list[str]:
    """As an entry takes them: name, kind, length, level, privacy, column."""
    told = []
    for item in row["items"].split(";"):
        name, column, level, *privacy = item.split(":")
        told.append(f"{name} | 字符 | 100 | {level} | {PRIVACY[''.join(privacy)]} | {column}")
    return told


def contract_of(row: Row, kinds: Mapping[str, Any]) -> dict[str, Any]:
    """`kinds`: how all interfaces of this node are asked and answer."""
    ours, _, theirs = row["request"].partition("=")
    says = {"says": kinds["used_up"]} if "used_up" in kinds else {}
    return {
        "system": row["node"],
        "path": row["path"],
        **{name: kinds[name] for name in MANNERS if name in kinds},
        "request": {ours: theirs},
        "fixed": {},
        "fields": {column: column for column in sorted(columns_of(row))},
        "probe": {ours: row["probe"]},
        **({"person": ours} if is_id_number(row["probe"]) else {}),
        "quota": {"day": int(row["quota_day"]), **says},
    }
