"""A record is looked at: written down before it is shown. Of persons each look is in 谁查过我; of
organisations the trail has it, and who represents them is told with its purpose like a person.

From PostgreSQL by identifier or number; the lake is not asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, subject_ref
from diebian.security.tracker.public import record_page_read

from . import policy
from .models import Base, GoldenRecord, Turn, TurnKind
from .plan import Plan, plan_of
from .refusals import PurposeMissing

SHORTEST = 2
MOST_MERGES = 50


@dataclass(frozen=True)
class Found:
    """`values`: column → value, as the current build has it."""

    number: int
    values: Mapping[str, str | None]


def plan_now(base: Base) -> Plan:
    """The newest declaration: it says who may see persons, also while an older one is read."""
    return plan_of(base.versions.latest("number").plan)


def records_now(base: Base) -> QuerySet[GoldenRecord]:
    """What is read: the states of the current build, whatever is being written beside it."""
    return GoldenRecord.objects.filter(
        Q(until=None) | Q(until__gt=base.built), base=base, since__lte=base.built
    )


def states_told(base: Base) -> QuerySet[GoldenRecord]:
    """What is read and what was read before, as far as it is still told (`keeping`)."""
    is_told = Q(until=None) | Q(until__gt=base.forgotten)
    return GoldenRecord.objects.filter(is_told, base=base, since__lte=base.built)


def record_now(base: Base, number: int) -> GoldenRecord:
    """Follows an entity into the one that it became."""
    for _ in range(MOST_MERGES):
        found = records_now(base).filter(number=number).first()
        if found is not None:
            return found
        turns = Turn.objects.filter(base=base, number=number, kind=TurnKind.MERGED)
        turn = turns.filter(build__lte=base.built).order_by("-build").first()
        if turn is None or turn.other is None:
            break
        number = turn.other
    raise NotFound


def number_of(base: Base, identifier: str) -> int:
    """Also by an identifier that it no longer goes by, where it became part of another."""
    identifier = identifier.strip().upper()
    known = states_told(base).filter(identifier=identifier)
    found = known.order_by("-since").values_list("number", flat=True).first()
    if found is None or not identifier:
        raise NotFound
    return record_now(base, found).number


@transaction.atomic
def look_up(*, slug: str, identifier: str, purpose: str, case_no: str = "", by: Actor) -> Found:
    """One record by its identifier, for a purpose that the person will read."""
    base = Base.objects.select_related("owner").filter(slug=slug).first()
    if base is None:
        raise NotFound
    record = record_now(base, number_of(base, identifier))
    plan = plan_of(record.version.plan)
    look(base=base, plan=plan, records=[record], purpose=purpose, case_no=case_no, is_plain=True,
         by=by)  # fmt: skip
    return Found(record.number, record.values)


@transaction.atomic
def look(
    *,
    base: Base,
    plan: Plan,
    records: Sequence[GoldenRecord],
    purpose: str,
    by: Actor,
    is_plain: bool = False,
    case_no: str = "",
) -> None:
    """Before these records are shown, masked or plain. Raises `Refused`, `PurposeMissing`."""
    if not policy.may_see_records(by, base, plan_now(base).seen_by):
        raise Refused
    if len(purpose.strip()) < SHORTEST:
        raise PurposeMissing
    seen = [one.identifier for one in records if one.identifier]
    write_reads(base, plan, seen, purpose.strip(), by, is_plain=is_plain, case_no=case_no)
    subjects = [f"{base.audit_subject}:{one.number}" for one in records]
    audit.record_each(by=by, action="masterdata.record.seen", subjects=subjects)


def write_reads(
    base: Base,
    plan: Plan,
    identifiers: Sequence[str],
    purpose: str,
    by: Actor,
    *,
    is_plain: bool,
    case_no: str = "",
) -> None:
    """As far as the page tells something personal: of a person even masked, of an organisation
    once its representative is told plainly.
    """
    columns = plan.personal if plan.is_about_people or is_plain else []
    for one in sorted(set(identifiers)) if columns else ():
        record_page_read(
            by=by,
            subject=subject_ref(one),
            purpose=purpose[:200],
            case_no=case_no,
            resource=base.title[:200],
            columns=[column.title for column in columns],
        )
