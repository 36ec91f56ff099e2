"""代收代办: taken in for another city, sent on, and what came of it; each step by hand."""

from dataclasses import dataclass

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.actions.rows import a_number
from diebian.scenes.services.carried_models import Carried, CarriedEvent, CarriedState
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_key
from diebian.standards.crossing import SENT_WITHIN

from . import policy
from .refusals import CarriedElsewhere, EvidenceMissing, NotCarried
from .selectors import carried_items

PREFIX = "K"
LONGEST = 300
NEXT = {
    CarriedState.TAKEN: (CarriedState.SENT,),
    CarriedState.SENT: (CarriedState.DONE, CarriedState.RETURNED),
    CarriedState.RETURNED: (CarriedState.SENT, CarriedState.DONE),
    CarriedState.DONE: (),
}


@dataclass(frozen=True)
class Told:
    """As the window wrote it down; `papers`: one a line."""

    applicant: str
    phone: str
    to_place: str
    to_body: str
    papers: str


@transaction.atomic
def take_in(*, item_code: str, told: Told, by: Actor) -> Carried:
    """Raises `NotCarried` for what its department does not let be handed in elsewhere."""
    if not policy.may_take_in(by):
        raise Refused
    item = carried_items().filter(code=item_code).first()
    if item is None:
        raise NotCarried
    now = clock.now()
    made = Carried.objects.create(
        number=f"{PREFIX}{a_number(now)}",
        item=item,
        applicant=told.applicant,
        phone=told.phone,
        to_place=told.to_place,
        to_body=told.to_body,
        papers=told.papers,
        send_by=working_calendar().add(clock.today(), SENT_WITHIN),
        department_id=department_key(by),
        taken_by_name=by.name,
        taken_at=now,
    )
    _happened(made, "", by)
    return made


@transaction.atomic
def follow(*, number: str, state: str, evidence: str, by: Actor) -> None:
    """What the other city did, as far as the window can show it."""
    rows = Carried.objects.select_for_update(of=("self",)).select_related("department")
    row = rows.filter(number=number).first()
    if row is None or not policy.may_follow(by, row):
        raise NotFound
    if state not in NEXT[CarriedState(row.state)]:
        raise CarriedElsewhere
    if not evidence.strip():
        raise EvidenceMissing
    row.state = CarriedState(state)
    row.save(update_fields=["state"])
    _happened(row, evidence.strip()[:LONGEST], by)


def _happened(to: Carried, evidence: str, by: Actor) -> None:
    CarriedEvent.objects.create(
        carried=to, state=to.state, evidence=evidence, by_name=by.name, at=clock.now()
    )
    audit.record(by=by, action=f"services.carried.{to.state}", subject=to.audit_subject)
