"""By whose leave each source is read: the own tables by none, others by a share request in force.

A source without it is left out of a build. The others go on: one department's word is about its
own table and about no other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from diebian.base.exchange.public import Share, granted_terms, hold, shares
from diebian.base.lake.public import LakeTable, lake_tables

from .models import Base, Build, Leave
from .plan import Plan, plan_of


@dataclass(frozen=True)
class SourceLeave:
    """Of one source. `share`: how its request stands; none where nobody has asked."""

    table: LakeTable
    is_own: bool
    share: Share | None
    is_enough: bool  # what was asked for has all columns that the declaration reads

    @property
    def may_read(self) -> bool:
        if self.is_own:
            return True
        return self.is_enough and self.share is not None and self.share.is_in_force

    @property
    def is_to_be_asked(self) -> bool:
        """Nobody's answer is under way, or it is about less than is read by now."""
        if self.is_own:
            return False
        return self.share is None or self.share.is_over or not self.is_enough

    @property
    def words(self) -> str:
        if self.is_own:
            return "本部门的表，不用申请"
        if self.share is None:
            return "还没有申请"
        if not self.is_enough:
            return "申请过的列不够，要再申请"
        return "已同意" if self.share.is_in_force else self.share.words

    @property
    def mark(self) -> str:
        if self.may_read:
            return "ok"
        return "bad" if self.share is not None and self.share.is_over else "wait"


@dataclass(frozen=True)
class Summed:
    of_others: int
    given: int
    is_to_be_asked: bool


def summed(leaves: Iterable[SourceLeave]) -> Summed:
    """For a sentence: of the tables of other departments only."""
    others = [one for one in leaves if not one.is_own]
    given = sum(one.may_read for one in others)
    return Summed(len(others), given, any(one.is_to_be_asked for one in others))


def leaves_of(base: Base, plan: Plan, tables: Sequence[LakeTable]) -> dict[str, SourceLeave]:
    """By table, in the declaration's order, as they stand at this moment."""
    rows = Leave.objects.filter(base=base).select_related("collection").order_by("pk")
    asked = {one.collection.slug: one for one in rows}
    told = shares(one.request_id for one in asked.values())
    known = {one.slug: one for one in tables}
    owner = base.owner.credit_code
    return {
        source.table: _leave(known[source.table], owner, source.used, asked, told)
        for source in plan.sources
        if source.table in known
    }


def readable(base: Base, plan: Plan) -> list[LakeTable]:
    """The tables that a build may read now."""
    leaves = leaves_of(base, plan, lake_tables(plan.tables))
    return [one.table for one in leaves.values() if one.may_read]


def is_still_given(build: Build) -> bool:
    """Whether all that a build reads, or has read, may be read at this moment."""
    allowed = {one.slug for one in readable(build.base, plan_of(build.version.plan))}
    return set(build.sources) <= allowed


def hold_leaves(build: Build) -> bool:
    """Inside a transaction: the same, and it stays so until the transaction ends. Whoever takes a
    leave back waits for that moment.
    """
    plan = plan_of(build.version.plan)
    leaves = leaves_of(build.base, plan, lake_tables(plan.tables)).values()
    asked = {one.share.request_id for one in leaves
             if one.share and not one.is_own and one.table.slug in build.sources}  # fmt: skip
    terms = [granted_terms(request) for request in sorted(asked)]  # all take them in one order
    are_held = all(one is not None and hold(one) for one in terms)
    return are_held and is_still_given(build)


def leaves_of_request(request_id: int) -> list[Leave]:
    """What a share request, or the one that it renews, is about."""
    about = Q(request=request_id) | Q(request__renewals=request_id)
    rows = Leave.objects.filter(about).select_related("base__owner", "collection")
    return list(rows.order_by("pk"))


def _leave(
    table: LakeTable,
    owner: str,
    used: Sequence[str],
    asked: Mapping[str, Leave],
    told: Mapping[int, Share],
) -> SourceLeave:
    found = asked.get(table.slug)
    return SourceLeave(
        table=table,
        is_own=table.department == owner,
        share=told[found.request_id] if found else None,
        is_enough=found is not None and set(used) <= set(found.columns),
    )
