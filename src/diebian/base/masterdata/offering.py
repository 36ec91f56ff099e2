"""A base is mounted behind an entry of the department that keeps it: as an interface that gives a
record by its identifier, or as a table that is delivered.
"""

from typing import Any
from uuid import UUID

from diebian.base.catalogue.public import Kind as ResourceKind
from diebian.base.catalogue.public import (
    MountWay,
    ResourceLine,
    items_for,
    mount_resource,
    resources_answered,
)
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Refused

from . import delivering, policy
from .answering import ANSWERER, ANSWERS, fields_of
from .looking import plan_now
from .models import Base
from .plan import Kind, Plan
from .refusals import NothingBuilt, NothingOffered

Contract = dict[str, Any]


def _probe_table(contract: Contract) -> set[str]:
    """A table is there once it was built."""
    if not Base.objects.filter(slug=contract["base"], built__gt=0).exists():
        raise NothingBuilt
    return ANSWERS.columns(contract)


INTERFACE = MountWay(ANSWERER, "挂接基础库（按号码查）", "masterdata:mount", ANSWERS.columns)
TABLE = MountWay(delivering.SLUG, "挂接基础库（整张送）", "masterdata:mount-table", _probe_table)
WAYS = (INTERFACE, TABLE)


def mount_base(
    *, slug: str, entry_id: UUID, resource: str, title: str, by: Actor, as_table: bool = False
) -> None:
    """`resource`: its code. Of the base's columns those that the entry tells of.

    Raises `NothingOffered` where it tells of none, `NothingBuilt` for a table before the first
    build.
    """
    base = Base.objects.select_related("owner").filter(slug=slug).first()
    if base is None:
        raise NotFound
    if not policy.may_offer(by, base):
        raise Refused
    told = {one["column"] for one in items_for(by, entry_id)}
    way, kind = (TABLE, ResourceKind.TABLE) if as_table else (INTERFACE, ResourceKind.INTERFACE)
    mount_resource(
        entry_id=entry_id,
        slug=resource,
        title=title,
        contract=_contract(base, plan_now(base), told, as_table=as_table),
        probe=way.probe,
        by=by,
        kind=kind,
    )


def offers_of(base: Base) -> list[ResourceLine]:
    """Resources by which others get records of it."""
    answered = [one for way in WAYS for one in resources_answered(way.slug)]
    return [one for one in answered if one.contract["base"] == base.slug]


def _contract(base: Base, plan: Plan, told: set[str], *, as_table: bool) -> Contract:
    fields = {ours: theirs for ours, theirs in fields_of(plan).items() if ours in told}
    if not fields:
        raise NothingOffered
    place = next((one.name for one in plan.columns if one.kind == Kind.DIVISION), "")
    region = {"region": place} if place in fields else {}
    asked = {"answered_by": delivering.SLUG} if as_table else _asked(plan)
    return {"base": base.slug, "fields": fields, **asked, **region}


def _asked(plan: Plan) -> Contract:
    """By its identifier. Whose read it is hangs on the number that is asked."""
    identifier = plan.column(plan.identifier)
    told: Contract = {
        "answered_by": ANSWERER,
        "request": {identifier.kind: identifier.name},
    }
    return {**told, "person": identifier.kind} if plan.is_about_people else told
