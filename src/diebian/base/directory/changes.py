"""What a load changes, each in a line that a person can judge before it happens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verb(StrEnum):
    NEW = "新增"
    CHANGED = "变更"
    RETIRED = "停用"
    BACK = "恢复"


@dataclass(frozen=True)
class Change:
    """`what` of the subject changes from `was` to `will`; what is new or gone has only a name."""

    verb: Verb
    subject: str
    what: str = ""
    was: str = ""
    will: str = ""

    def __str__(self) -> str:
        if not self.what:
            return f"{self.verb} {self.subject}"
        return f"{self.verb} {self.subject} {self.what}：{self.was or '空'} → {self.will or '空'}"


def differences(
    subject: str, was: Mapping[str, Any], will: Mapping[str, Any], labels: Mapping[str, str]
) -> Iterator[Change]:
    """One change for each labelled fact that differs. A fact too long to read is named only."""
    for name, label in labels.items():
        if was[name] != will[name]:
            yield Change(Verb.CHANGED, subject, label, _told(was[name]), _told(will[name]))


def _told(fact: Any) -> str:
    if isinstance(fact, bool):
        return "是" if fact else "否"
    if isinstance(fact, dict | list):
        return f"{len(fact)} 项内容" if fact else ""
    return "" if fact is None else str(fact)
