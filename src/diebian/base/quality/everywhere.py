"""One rule for every table that has the columns: what a standard says of an item holds anywhere."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from diebian.base.lake.public import lake_tables
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused
from diebian.standards.sharing import CORRECTION

from . import policy
from .models import Rule
from .refusals import RuleUnclear
from .rule_actions import others_named, rule_of


@transaction.atomic
def declare_everywhere(
    *,
    kind: str,
    told: Mapping[str, Any],
    by: Actor,
    department: str = "",
    basis: str = "",
    days: int = CORRECTION.days,
) -> list[Rule]:
    """For the tables of a department (credit code) or of all; those that have it stay as they are.

    A table without the columns, or with columns of other types, is left out. Where it fits none,
    `RuleUnclear` says why it did not fit the last one.
    """
    tables, others = lake_tables(department=department), others_named(told)
    allowed = [
        one
        for one in tables
        if policy.may_declare(by, one.department)
        and all(policy.may_look_into(by, one.department, other) for other in others)
    ]
    if tables and not allowed:
        raise Refused
    made, why = [], "湖里还没有表"
    for table in allowed:
        try:
            made.append(rule_of(table, kind, told, basis=basis, days=days, others=others))
        except RuleUnclear as error:
            why = str(error)
    if not made:
        raise RuleUnclear(why)
    now, known = clock.now(), _known(kind)
    new = [one for one in made if (one.collection_id, one.digest) not in known]
    for rule in new:
        rule.declared_by, rule.declared_at = by.name, now
    Rule.objects.bulk_create(new, batch_size=2000)
    audit.record(by=by, action="quality.rule.declared_everywhere", subject=f"quality.kind:{kind}")
    return new


def _known(kind: str) -> set[tuple[int, str]]:
    active = Rule.objects.select_for_update().filter(ended_at=None, kind=kind)
    return set(active.values_list("collection", "digest"))
