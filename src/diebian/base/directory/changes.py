"""What a load changes, each in a line that a person can judge before it happens."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar


class Listed(Protocol):
    """A row of a list that the folder keeps; one that is no more stays, with a day."""

    retired_on: Any


Row = TypeVar("Row", bound=Listed)
Will = TypeVar("Will")


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


@dataclass(frozen=True)
class Compared(Generic[Row]):
    changes: Sequence[Change]
    changed: Sequence[str]  # codes of what is new or other than before
    gone: Sequence[Row]


def compared(
    known: Mapping[str, Row],
    wanted: Mapping[str, Will],
    changes: Callable[[str, Row | None, Will], Iterable[Change]],
    subject: Callable[[Row], str],
) -> Compared[Row]:
    """A list of ours against the folder's, by code: what each row would become, and which go."""
    found = {code: list(changes(code, known.get(code), will)) for code, will in wanted.items()}
    gone = [row for code, row in known.items() if code not in wanted and row.retired_on is None]
    told = [change for of_one in found.values() for change in of_one]
    return Compared(
        [*told, *(Change(Verb.RETIRED, subject(row)) for row in gone)],
        [code for code, of_one in found.items() if of_one],
        gone,
    )


def _told(fact: Any) -> str:
    if isinstance(fact, bool):
        return "是" if fact else "否"
    if isinstance(fact, dict | list):
        return f"{len(fact)} 项内容" if fact else ""
    return "" if fact is None else str(fact)
