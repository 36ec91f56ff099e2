"""A base is mounted behind an entry of the department that keeps it: records by identifier."""

from typing import Any
from uuid import UUID

from diebian.base.catalogue.public import (
    MountWay,
    ResourceLine,
    items_for,
    mount_resource,
    resources_answered,
)
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Refused

from . import policy
from .answering import ANSWERER, ANSWERS, fields_of
from .looking import plan_now
from .models import Base
from .plan import Kind, Plan
from .refusals import NothingOffered

WAY = MountWay(ANSWERER, "挂接基础库", "masterdata:mount", ANSWERS.columns)


def mount_base(*, slug: str, entry_id: UUID, resource: str, title: str, by: Actor) -> None:
    """`resource`: its code. Of the base's columns those that the entry tells of.

    Raises `NothingOffered` where it tells of none.
    """
    base = Base.objects.select_related("owner").filter(slug=slug).first()
    if base is None:
        raise NotFound
    if not policy.may_offer(by, base):
        raise Refused
    told = {one["column"] for one in items_for(by, entry_id)}
    contract = _contract(base, plan_now(base), told)
    mount_resource(
        entry_id=entry_id,
        slug=resource,
        title=title,
        contract=contract,
        probe=ANSWERS.columns,
        by=by,
    )


def offers_of(base: Base) -> list[ResourceLine]:
    """Resources by which others get records of it."""
    return [one for one in resources_answered(ANSWERER) if one.contract["base"] == base.slug]


def _contract(base: Base, plan: Plan, told: set[str]) -> dict[str, Any]:
    fields = {ours: theirs for ours, theirs in fields_of(plan).items() if ours in told}
    if not fields:
        raise NothingOffered
    identifier = plan.column(plan.identifier)
    contract: dict[str, Any] = {
        "answered_by": ANSWERER,
        "base": base.slug,
        "request": {identifier.kind: identifier.name},
        "fields": fields,
    }
    if plan.is_about_people:  # whose read it is hangs on the number that is asked
        contract["person"] = identifier.kind
    place = next((one.name for one in plan.columns if one.kind == Kind.DIVISION), "")
    return {**contract, "region": place} if place in fields else contract
