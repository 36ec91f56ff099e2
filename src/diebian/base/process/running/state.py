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
    """The difference that one step makes, written in one go."""

    put: dict[int, Tok] = field(default_factory=dict)
    lifted: set[int] = field(default_factory=set)
    freed: set[int] = field(default_factory=set)  # tokens whose jobs are not wanted any more
    decisions: list[tuple[Any, ...]] = field(default_factory=list)
    revisions: list[tuple[Any, ...]] = field(default_factory=list)
    log: list[tuple[Any, ...]] = field(default_factory=list)
    jobs: list[NewJob] = field(default_factory=list)
    incidents: list[tuple[Any, ...]] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)  # tokens whose incidents are over
    received: list[tuple[str, str]] = field(default_factory=list)
