"""A base is declared and altered; a build is asked for and stopped."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from diebian.base.lake.public import LakeTable, lake_tables, last_snapshot
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_key

from . import policy
from .leave import readable
from .models import OPEN, Base, BaseVersion, Build
from .plan import Plan, check, plan_of
from .refusals import (
    AlreadyBuilding,
    NoLeave,
    NotBuilding,
    NothingCollected,
    NothingNew,
    SlugTaken,
)


@transaction.atomic
def declare(*, told: Mapping[str, Any], by: Actor) -> BaseVersion:
    """A new base, or the next version of one. `told`: what `read_declaration` let through.

    Raises `PlanUnclear` where the tables are other than told, `NothingNew` for the same again.
    """
    kept = {name: part for name, part in told.items() if name != "declared_by"}
    plan = plan_of(kept)
    tables = lake_tables(plan.tables)
    check(plan, tables)
    if not policy.may_declare(by, [one.department for one in tables]):
        raise Refused
    base = _base(plan, by)
    last = base.versions.order_by("-number").first()
    if last is not None and last.plan == kept:
        raise NothingNew
    made = BaseVersion.objects.create(
        base=base,
        number=last.number + 1 if last else 1,
        plan=kept,
        declared_by=by.name,
        declared_at=clock.now(),
    )
    made.sources.set([one.number for one in tables])
    audit.record(by=by, action="masterdata.declared", subject=base.audit_subject)
    return made


def _base(plan: Plan, by: Actor) -> Base:
    found = Base.objects.select_for_update(of=("self",)).filter(slug=plan.slug).first()
    if found is None:
        return Base.objects.create(slug=plan.slug, title=plan.title, owner_id=department_key(by))
    if not policy.is_keeper(by, found):
        raise SlugTaken(plan.slug)
    found.title = plan.title
    found.save(update_fields=["title"])
    return found


@transaction.atomic
def start(*, slug: str, by: Actor) -> Build:
    """A build from what the lake has now, by the newest version; of other departments' tables
    from those whose leave stands. Where none does any more, it empties the base.
    """
    rows = Base.objects.select_for_update(of=("self",)).select_related("owner")
    base = rows.filter(slug=slug).first()
    if base is None:
        raise NotFound
    if not policy.may_build(by, base):
        raise Refused
    builds = Build.objects.filter(base=base).order_by("-number")
    if builds.filter(state__in=OPEN).exists():
        raise AlreadyBuilding
    version = base.versions.latest("number")
    tables = readable(base, plan_of(version.plan))
    if not tables and not base.built:
        raise NoLeave
    last = builds.values_list("number", flat=True).first() or 0
    made = Build.objects.create(
        base=base,
        number=last + 1,
        version=version,
        sources=_sources(tables),
        first_number=base.next_number,
        asked_by=by.name,
        asked_at=clock.now(),
    )
    audit.record(by=by, action="masterdata.build.asked", subject=base.audit_subject)
    return made


def _sources(tables: list[LakeTable]) -> dict[str, Any]:
    snapshots = {one.slug: last_snapshot(one.slug) for one in tables}
    if missing := [one.title for one in tables if snapshots[one.slug] is None]:
        raise NothingCollected("、".join(missing))
    return {
        one.slug: {
            "snapshot": snapshots[one.slug],
            "collected_at": one.collected_at.isoformat() if one.collected_at else "",
        }
        for one in tables
    }


@transaction.atomic
def stop(*, build_id: int, by: Actor) -> Build:
    """It ends before its next step; what is read stays the build before."""
    rows = Build.objects.select_for_update(of=("self",)).select_related("base__owner")
    found = rows.filter(pk=build_id).first()
    if found is None:
        raise NotFound
    if not policy.may_build(by, found.base):
        raise Refused
    if found.state not in OPEN:
        raise NotBuilding
    found.is_stopping = True
    found.save(update_fields=["is_stopping"])
    audit.record(by=by, action="masterdata.build.stopped", subject=found.base.audit_subject)
    return found
