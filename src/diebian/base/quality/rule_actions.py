"""Rules: declared and ended. One verb, one transaction, one line in the trail."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from diebian.base.lake.public import LakeTable, lake_table, lake_tables
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused
from diebian.standards.sharing import CORRECTION

from . import policy
from .kinds import KINDS
from .kinds.kind import Place
from .models import UNSETTLED, Order, OrderState, Rule
from .refusals import RuleEnded, RuleTaken, RuleUnclear

MOST_DAYS = 60


@transaction.atomic
def declare_rule(
    *,
    table: str,
    kind: str,
    told: Mapping[str, Any],
    by: Actor,
    basis: str = "",
    days: int = CORRECTION.days,
    from_city: bool = False,
) -> Rule:
    """`table` is the slug of its collection, `days` working days to mend what it finds."""
    of = lake_table(table)
    if not policy.may_declare(by, of.department):
        raise Refused
    others = others_named(told)
    if not all(policy.may_look_into(by, of.department, one) for one in others):
        raise Refused
    made = rule_of(of, kind, told, others=others, basis=basis, days=days)
    made.declared_by, made.declared_at, made.from_city = by.name, clock.now(), from_city
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:  # `rule_declared_once`
        raise RuleTaken from error
    audit.record(by=by, action="quality.rule.declared", subject=made.audit_subject)
    return made


@transaction.atomic
def end_rule(*, rule_id: UUID, by: Actor) -> Rule:
    """Its results stay; an order that it had open ends with it."""
    rows = Rule.objects.select_for_update(of=("self",))
    found = rows.select_related("collection__source__department").filter(public_id=rule_id).first()
    if found is None:
        raise NotFound
    if not policy.may_declare(by, found.collection.source.department.credit_code):
        raise Refused
    if found.ended_at is not None:
        raise RuleEnded
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    Order.objects.filter(rule=found, state__in=UNSETTLED).update(
        state=OrderState.DROPPED, closed_at=clock.now()
    )
    audit.record(by=by, action="quality.rule.ended", subject=found.audit_subject)
    return found


def rule_of(
    of: LakeTable,
    kind: str,
    told: Mapping[str, Any],
    *,
    others: Sequence[LakeTable],
    basis: str = "",
    days: int = CORRECTION.days,
) -> Rule:
    """The rule that was told, not saved. Raises `RuleUnclear` with what is wrong."""
    if kind not in KINDS:
        raise RuleUnclear(f"没有“{kind}”这一类规则")
    if not 1 <= days <= MOST_DAYS:
        raise RuleUnclear(f"整改期限应是 1 到 {MOST_DAYS} 个工作日")
    place = Place(of, {one.slug: one for one in others})
    kept = KINDS[kind].checked(told, place)
    named = {"other_title": place.other(kept).title} if "other" in kept else {}
    says = KINDS[kind].words({**kept, **named})
    digest = sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
    return Rule(
        collection_id=of.number, kind=kind, told=kept, digest=digest, says=says[:600],
        basis=basis.strip()[:200], days=days,
    )  # fmt: skip


def others_named(told: Mapping[str, Any]) -> list[LakeTable]:
    slug = str(told.get("other", ""))
    return lake_tables([slug]) if slug else []
