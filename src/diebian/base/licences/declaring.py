"""A collected table is declared to hold licences, or its declaration is altered."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from diebian.base.lake.public import lake_table
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_keys

from . import policy
from .models import LicenceTable, TableVersion
from .plan import Plan, check, issuers, plan_of, types_in
from .refusals import NothingNew, NotIssuer, SlugTaken


@transaction.atomic
def declare(*, told: Mapping[str, Any], by: Actor) -> TableVersion:
    """A new table, or the next version of one. `told`: what `read_licence_table` let through.

    Raises `PlanUnclear` where the table is other than told, `NothingNew` for the same again.
    """
    kept = {name: part for name, part in told.items() if name != "declared_by"}
    plan = plan_of(kept)
    source, types = lake_table(plan.table), types_in(plan)
    check(plan, source)
    if not policy.may_declare(by, source.department, issuers(types.values())):
        raise NotIssuer if policy.may_open_declaring(by) else Refused
    table = _table(plan, source.department)
    last = table.versions.order_by("-number").first()
    if last is not None and last.plan == kept:
        raise NothingNew
    made = TableVersion.objects.create(
        table=table,
        number=last.number + 1 if last else 1,
        plan=kept,
        declared_by=by.name,
        declared_at=clock.now(),
    )
    audit.record(by=by, action="licences.table.declared", subject=table.audit_subject)
    return made


def _table(plan: Plan, department: str) -> LicenceTable:
    """Another collected table is another table of licences: its rows would be taken for absent."""
    rows = LicenceTable.objects.select_for_update(of=("self",)).select_related("department")
    found = rows.filter(slug=plan.slug).first()
    if found is None:
        return LicenceTable.objects.create(
            slug=plan.slug,
            title=plan.title,
            department_id=department_keys()[department],
            collection=plan.table,
        )
    if found.department.credit_code != department or found.collection != plan.table:
        raise SlugTaken(plan.slug)
    found.title = plan.title
    found.save(update_fields=["title"])
    return found
