"""Proposals as officials see them, and what the public asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from diebian.base.catalogue.public import History, history
from diebian.base.lake.public import (
    LakeTable,
    lake_table,
    lake_tables_behind_entries,
    lake_tables_of_entries,
)
from diebian.kernel.errors import NotFound
from diebian.kernel.waiting import DEPARTMENT
from diebian.security.identity.public import Actor, Post, Refused

from . import policy
from .columns import OpenColumn, TableLines, lines_of
from .findings import Finding, finding_in
from .models import DataRequest, Dataset, State
from .questions import columns_of
from .tables import entry_behind
from .wanted import Asked, to_answer, told, unanswered

A_PAGE = 20
MOST_TABLES = 100
WORDS = {
    "opening.dataset.proposed": "提出开放，检查通过",
    "opening.dataset.agreed": "本部门同意",
    "opening.dataset.sent_back": "退回",
    "opening.dataset.published": "发布",
    "opening.dataset.released": "写好文件，公开了新的一批",
    "opening.dataset.held": "新的一批没有通过检查，没有公开",
    "opening.dataset.withdrawn": "停止开放",
}


@dataclass(frozen=True)
class Proposal:
    dataset: Dataset
    columns: Sequence[OpenColumn]
    finding: Finding | None
    checked_at: datetime | None
    history: Sequence[History]


@dataclass(frozen=True)
class Desk:
    page: Page[Dataset]
    requests: Sequence[Asked]
    tables: Sequence[LakeTable]  # of the own department, nothing of which was proposed yet


def table_for(by: Actor, slug: str) -> tuple[LakeTable, Any, TableLines]:
    """The table, its entry and what may be opened of it, for whoever may propose."""
    table = lake_table(slug)
    entry = entry_behind(table)
    if not policy.may_propose(by, entry.provider.credit_code):
        raise Refused
    return table, entry, lines_of(entry, table)


def proposal_for(by: Actor, dataset_id: UUID) -> Proposal:
    rows = Dataset.objects.select_related("entry__provider", "collection")
    row = rows.filter(public_id=dataset_id).first()
    if row is None or not policy.may_look(by, row.entry.provider.credit_code):
        raise NotFound
    last = row.checks.order_by("-pk").first()
    return Proposal(
        dataset=row,
        columns=columns_of(row),
        finding=finding_in(last.found) if last else None,
        checked_at=last.at if last else None,
        history=history(row.audit_subject, words=WORDS),
    )


def desk(by: Actor, page: str) -> Desk:
    """What waits for a decision first."""
    rows = Dataset.objects.select_related("entry__provider")
    if not by.holds(Post.AUTHORITY):
        rows = rows.filter(entry__provider__credit_code=by.department)
    waiting = Q(state__in=[State.OFFICE_REVIEW, State.SUBMITTED, State.RETURNED])
    waits = ExpressionWrapper(waiting | ~Q(trouble=""), BooleanField())
    shown = Paginator(rows.order_by(waits.desc(), "-proposed_at"), A_PAGE).get_page(page)
    return Desk(shown, told(to_answer(by)[:A_PAGE]), _untouched(by))


def _untouched(by: Actor) -> list[LakeTable]:
    if not policy.may_propose(by, by.department):
        return []
    tables = lake_tables_behind_entries(by.department, MOST_TABLES)
    keys = [one.number for one in tables]
    known = set(Dataset.objects.filter(collection__in=keys).values_list("collection", flat=True))
    return [one for one in tables if one.number not in known]


def waits(posts: Sequence[str]) -> list[QuerySet[Any]]:
    """For the badge: what an official has to decide or answer now."""
    own = Q(entry__provider__credit_code=DEPARTMENT)
    mine = Q(pk__in=[])
    if Post.DATA_HEAD in posts:
        mine |= own & Q(state=State.OFFICE_REVIEW)
    if Post.AUTHORITY in posts:
        mine |= Q(state=State.SUBMITTED)
    if Post.DATA_MANAGER in posts:
        mine |= own & Q(state=State.RETURNED)
    asked = DataRequest.objects.filter(unanswered(posts, DEPARTMENT))
    return [Dataset.objects.filter(mine), asked]


def tables_of(entry_id: UUID, by: Actor) -> dict[str, Any]:
    """For the entry's page: its tables, what of them is open, and whether one may propose."""
    rows = Dataset.objects.filter(entry__public_id=entry_id).select_related("entry__provider")
    found = list(rows.order_by("title"))
    tables = lake_tables_of_entries([entry_id])
    may = bool(tables) and policy.may_propose(by, entry_behind(tables[0]).provider.credit_code)
    can_look = [row for row in found if policy.may_look(by, row.entry.provider.credit_code)]
    open_now = [row for row in found if row.state == State.PUBLISHED]
    return {"tables": tables if may else [], "proposals": can_look, "open_now": open_now}
