"""Reads of a case: where it is, since when, who has it, and what it came to so far."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from diebian.base.process.definitions.drawing import Node
from diebian.base.process.definitions.selectors import drawing_of
from diebian.base.process.definitions.services import Caller

from .models import Case, CaseState, Decision, Incident, Revision, Standing, StepLog, Token
from .refusals import NoSuchCase

ASIDE = ("countersign.asked", "countersigned")
# Of what stands inside of them, and what waits for another of its list.
GROUPS = (Standing.FORK, Standing.MANY, Standing.SCOPE, Standing.QUEUED)


@dataclass(frozen=True)
class Place:
    """One thing that the case waits for."""

    task: int
    element: str
    name: str
    item: str
    standing: str  # in words
    is_aside: bool  # somebody is asked for a word beside the task
    department: str
    post: str
    holder: str
    since: datetime
    outcomes: tuple[str, ...] = ()
    stage: str = ""
    about: str = ""
    days: int = 0


@dataclass(frozen=True)
class CaseLine:
    number: int
    business_key: str
    title: str
    process: str
    version: int
    is_open: bool
    outcome: str
    opened_at: datetime
    closed_at: datetime | None


def case_named(business_key: str) -> CaseLine:
    """Raises `NoSuchCase`."""
    found = _cases().filter(business_key=business_key).first()
    if found is None:
        raise NoSuchCase(business_key)
    return _line(found)


def known_keys(business_keys: Collection[str]) -> set[str]:
    """Of these, those that a case was opened under."""
    rows = Case.objects.filter(business_key__in=business_keys)
    return set(rows.values_list("business_key", flat=True))


def cases_called_by(case: int) -> list[CaseLine]:
    """By its call activities, the oldest first."""
    return [_line(one) for one in _cases().filter(parent=case).order_by("pk")]


def called_at(caller: Caller) -> int | None:
    """The case that was called there; None while nobody has opened it."""
    rows = Case.objects.filter(parent=caller.case, parent_token=caller.task)
    return rows.values_list("pk", flat=True).first()


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related("version").defer("version__file")


def _line(of: Case) -> CaseLine:
    return CaseLine(of.pk, of.business_key, of.title, of.version.key, of.version.number,
                    of.state == CaseState.OPEN, of.outcome, of.opened_at, of.closed_at)  # fmt: skip


def places_of(case: int) -> list[Place]:
    """The oldest first; empty when it is closed."""
    rows = Token.objects.filter(case_id=case).exclude(standing__in=GROUPS)
    rows = rows.annotate(version=F("case__version_id")).order_by("since", "number")
    if not rows:
        if not Case.objects.filter(pk=case).exists():
            raise NoSuchCase
        return []
    nodes = drawing_of(rows[0].version).nodes
    return [_place(row, nodes[row.element]) for row in rows]


def _place(row: Token, node: Node) -> Place:
    return Place(row.number, row.element, node.name, row.item, Standing(row.standing).label,
                 row.standing == Standing.ASIDE, row.department, row.post, row.holder, row.since,
                 node.outcomes, node.stage, node.about, node.days)  # fmt: skip


def form_of(case: int) -> Mapping[str, Any]:
    """As it is now."""
    row = Revision.objects.filter(case_id=case).order_by("-number").first()
    if row is None:
        raise NoSuchCase
    told: dict[str, Any] = row.form
    return told


def decisions_of(case: int) -> QuerySet[Decision]:
    """All rounds, in the order of time."""
    return Decision.objects.filter(case_id=case).order_by("at", "token")


def history_of(case: int) -> QuerySet[StepLog]:
    return StepLog.objects.filter(case_id=case).order_by("number")


@dataclass(frozen=True)
class Word:
    """会签: what a desk was asked, and its word; no word yet while `at` is None."""

    task: int
    department: str
    asked: str
    asked_by: str
    asked_at: datetime
    said: str = ""
    reason: str = ""
    by: str = ""
    at: datetime | None = None


def words_asked(case: int) -> list[Word]:
    """In the order of asking. What was lifted before an answer stays without one."""
    told: dict[int, Word] = {}
    for line in history_of(case).filter(action__in=ASIDE):
        for one in line.events:
            if one["event"] == "countersign":
                told[one["token"]] = Word(one["token"], one["department"], one["reason"],
                                          line.by_name, line.at)  # fmt: skip
            elif one["event"] == "countersigned":
                told[one["token"]] = replace(told[one["token"]], said=one["said"], at=line.at,
                                             reason=one["reason"], by=line.by_name)  # fmt: skip
    return list(told.values())


def open_incidents(*, most: int = 100) -> QuerySet[Incident]:
    """For whoever sees to them, the oldest first."""
    rows = Incident.objects.filter(settled_at=None).select_related("case")
    return rows.order_by("at", "pk")[:most]
