"""What one source says otherwise than the survivor goes to its department as 校核."""

from itertools import islice

from django.db import transaction

from diebian.base.comparison.public import resource_of
from diebian.base.corrections.public import Finding, open_found, open_subjects
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, subject_ref

from . import policy
from .looking import plan_now, records_now
from .models import Base, GoldenRecord
from .plan import Plan
from .refusals import NobodyToAsk
from .selectors import plan_read, tables_of

MOST_AT_ONCE = 500


@transaction.atomic
def hand_over(*, slug: str, column: str, table: str, by: Actor) -> int:
    """The next 500 of a column in which this table lost; gives how many went. What is open
    already is not opened twice. The provider sees who and which column, and nobody's value.
    """
    base = Base.objects.select_related("owner").filter(slug=slug).first()
    if base is None:
        raise NotFound
    if not policy.may_decide(by, base, plan_now(base).seen_by):
        raise Refused
    plan = plan_read(base)
    if column not in plan.names or table not in plan.tables:
        raise NotFound
    of = next(one for one in tables_of(plan) if one.slug == table)
    resource = resource_of(of)
    if resource is None or of.department == by.department:
        raise NobodyToAsk(of.title)
    title = plan.column(column).title
    waiting = open_subjects(resource=resource.slug, item=title)
    rows = records_now(base).exclude(said={}).filter(said__has_key=column).exclude(identifier="")
    lost = (
        one.identifier
        for one in rows.order_by("number").iterator()
        if _lost(one, plan, column, table) and subject_ref(one.identifier) not in waiting
    )
    went = open_found(
        resource=resource.slug,
        findings=[Finding(number, title) for number in islice(lost, MOST_AT_ONCE)],
        says=f"与其他部门的登记不一致（{base.title}），请核实",
        case_no=f"{base.slug}-{base.built}",
        by=by,
    )
    audit.record(by=by, action="masterdata.handed_over", subject=base.audit_subject)
    return went


def _lost(record: GoldenRecord, plan: Plan, column: str, table: str) -> bool:
    kept, place = record.values.get(column), str(plan.tables.index(table))
    return any(one[0] == place and one[2] != kept for one in record.said[column])
