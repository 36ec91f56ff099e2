"""A case in memory, as its rows say, and what a step wants to be written."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class CaseRow:
    id: int
    version_id: int
    business_key: str
    title: str
    department: str
    person: str
    parent: int | None
    parent_token: int | None
    depth: int
    state: str
    outcome: str
    sequence: int
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(slots=True)
class Tok:
    """One row of `models.Token`; the fields in the order of its columns in `rows`."""

    number: int
    parent: int | None
    element: str
    standing: str
    item: str
    round: int
    since: datetime
    wanted: int | None = None
    arrived: int | None = None
    child: int | None = None
    outcome: str = ""
    department: str = ""
    post: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class NewJob:
    kind: str
    key: str
    due_at: datetime
    facts: dict[str, Any]
    token: int | None
    case: int


@dataclass(slots=True)
class Changes:
    """The difference that one step makes, written in one go. The names are those in `writing`."""

    put: dict[int, Tok] = field(default_factory=dict)
    lifted: set[int] = field(default_factory=set)
    freed: set[int] = field(default_factory=set)  # tokens whose jobs are not wanted any more
    settled: set[int] = field(default_factory=set)  # tokens whose incidents are over
    decisions: list[dict[str, Any]] = field(default_factory=list)
    revisions: list[dict[str, Any]] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)
    log: list[dict[str, Any]] = field(default_factory=list)
    incidents: list[dict[str, Any]] = field(default_factory=list)
    jobs: list[NewJob] = field(default_factory=list)

    def told(self) -> dict[str, list[Any]]:
        """As one document, without what is empty."""
        parts = {name: getattr(self, name) for name in LISTS}
        parts["put"] = [_members(one) for one in self.put.values()]
        parts["jobs"] = [_members(one) for one in self.jobs]
        return {name: list(part) for name, part in parts.items() if part}


LISTS = ("lifted", "freed", "settled", "decisions", "revisions", "received", "log", "incidents")


def _members(one: Tok | NewJob) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}
