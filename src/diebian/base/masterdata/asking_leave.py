"""The departments whose tables feed a base are asked for their leave, by way of share requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from diebian.base.catalogue.public import ResourceLine, read_columns
from diebian.base.comparison.public import resource_of
from diebian.base.exchange.public import Mode, request_share
from diebian.base.lake.public import lake_tables
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .leave import SourceLeave, leaves_of
from .models import Base, Leave
from .plan import Plan, plan_of
from .refusals import NothingToAsk, NotListed, NotMounted

TIER = "bulk"  # it is about whole tables
LONGEST_PURPOSE, LONGEST_SCENE = 200, 200


@dataclass(frozen=True)
class Wanted:
    """One table as its department's catalogue tells it: our names of the columns that are read."""

    leave: SourceLeave
    resource: ResourceLine
    columns: Sequence[str]  # of the collected table
    ours: Sequence[str]


@transaction.atomic
def ask_leave(*, slug: str, valid_to: date, by: Actor) -> list[int]:
    """Asks for each source of another department that nobody has asked for yet, or whose leave is
    over. Gives the requests: one for each resource, also where two tables stand behind it.
    """
    base = Base.objects.select_for_update(of=("self",)).select_related("owner")
    found = base.filter(slug=slug).first()
    if found is None:
        raise NotFound
    if not policy.may_ask_leave(by, found):
        raise Refused
    version = found.versions.latest("number")
    plan = plan_of(version.plan)
    leaves = leaves_of(found, plan, lake_tables(plan.tables))
    open_ = [one for one in leaves.values() if one.is_to_be_asked]
    if not open_:
        raise NothingToAsk
    asked: dict[str, list[Wanted]] = {}
    for one in open_:
        wanted = _wanted(one, plan)
        asked.setdefault(wanted.resource.slug, []).append(wanted)
    purpose = f"{plan.title}（声明第 {version.number} 版）：{plan.purpose}"[:LONGEST_PURPOSE]
    made = [_ask(found, plan, told, purpose, valid_to, by) for told in asked.values()]
    audit.record(by=by, action="masterdata.leave.asked", subject=found.audit_subject)
    return made


def requests_of(slug: str) -> list[int]:
    """The newest share request of each source, for whoever prepares an installation."""
    rows = Leave.objects.filter(base__slug=slug).order_by("pk")
    newest = {one.collection_id: one.request_id for one in rows}
    return list(dict.fromkeys(newest.values()))


def _wanted(leave: SourceLeave, plan: Plan) -> Wanted:
    table = leave.table
    resource = resource_of(table)
    if resource is None:
        raise NotMounted(table.title)
    columns = next(one.used for one in plan.sources if one.table == table.slug)
    known = read_columns(resource, table.slug, columns)
    if unlisted := [one for one in columns if one not in known]:
        raise NotListed(f"{table.title}：{'、'.join(unlisted)}")
    return Wanted(leave, resource, columns, [known[one].ours for one in columns])


def _ask(
    base: Base, plan: Plan, told: Sequence[Wanted], purpose: str, valid_to: date, by: Actor
) -> int:
    titles = "、".join(f"“{one.leave.table.title}”" for one in told)
    scene = f"把{titles}合进“{plan.title}”：每个值都写明来自这张表，看过都有记录"
    request = request_share(
        resource=told[0].resource.slug,
        purpose=purpose,
        legal_basis=plan.legal_basis,
        scene=scene[:LONGEST_SCENE],
        columns=list(dict.fromkeys(name for one in told for name in one.ours)),
        tier=TIER,
        valid_to=valid_to,
        mode=Mode.BASE,
        by=by,
    )
    for one in told:
        Leave.objects.create(
            base=base,
            collection_id=one.leave.table.number,
            request=request,
            columns=list(one.columns),
        )
    return request.pk
