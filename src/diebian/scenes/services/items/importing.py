"""Many items at once: each that differs becomes a draft, each fault has its place. None is lost."""

from dataclasses import dataclass, field

from django.db import transaction

from diebian.kernel.errors import DiebianError
from diebian.scenes.services.refusals import VersionSame
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .actions import write_version
from .desk import in_force, items_for, known_names
from .models import ItemVersion, ServiceItem, State
from .told import names_in
from .workbook import Fault, Sent, faults_of, form_of, json_of, sent_in, workbook_of

WHY = "用表格批量修改"


@dataclass
class Taken:
    drafts: list[ServiceItem] = field(default_factory=list)
    same: int = 0
    faults: list[Fault] = field(default_factory=list)


def export(by: Actor, kind: str) -> bytes:
    """`kind`: xlsx or json; what is in force of the items that this official looks after."""
    if not policy.may_browse(by):
        raise Refused
    keys = items_for(by, "", "").values("pk")
    versions = ItemVersion.objects.filter(item__in=keys, state=State.IN_FORCE)
    rows = [(one.item.code, one.facts) for one in
            versions.select_related("item").order_by("item__code")]  # fmt: skip
    names = names_in(facts for _, facts in rows)
    return workbook_of(rows, names) if kind == "xlsx" else json_of(rows, names)


@transaction.atomic
def take_in_items(*, content: bytes, by: Actor) -> Taken:
    """Drafts only: nothing that is in force changes before two people have looked at it."""
    if not policy.may_import(by):
        raise Refused
    taken, known = Taken(), known_names()
    own = {row.code: row for row in items_for(by, "", "")}
    seen: set[str] = set()
    for one in sent_in(content):
        if one.code in seen:
            taken.faults.append(Fault(one.at.get("编号", one.code), f"“{one.code}”写了两次"))
            continue
        seen.add(one.code)
        _take(one, own, known, taken, by)
    audit.record(by=by, action="services.items.taken_in", subject=f"items:{by.department}")
    return taken


def _take(
    one: Sent, own: dict[str, ServiceItem], known: dict[str, str], taken: Taken, by: Actor
) -> None:
    item = own.get(one.code)
    if item is None or not policy.may_write(by, item):
        place = one.at.get("编号", one.code)
        taken.faults.append(Fault(place, f"本部门没有编号“{one.code[:40]}”的事项"))
        return
    form = form_of(one, known)
    if not form.is_valid():
        taken.faults += faults_of(form, one)
        return
    facts = form.facts(in_force(item).facts)
    try:
        with transaction.atomic():
            write_version(item_code=item.code, facts=facts, why=one.why or WHY, by=by)
    except VersionSame:
        taken.same += 1
    except DiebianError as error:
        taken.faults.append(Fault(one.at.get("编号", one.code), error.told))
    else:
        taken.drafts.append(item)
