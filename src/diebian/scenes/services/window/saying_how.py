"""证件怎样拿: said on the page or to the clerk's face, until the applicant has it."""

from django.db import transaction

from diebian.kernel import clock
from diebian.scenes.services import behalf
from diebian.scenes.services.actions.rows import happened, locked
from diebian.scenes.services.handover.owing import promised
from diebian.scenes.services.handover.selectors import is_sayable
from diebian.scenes.services.models import Case, Handout, Handover
from diebian.scenes.services.refusals import WrongState
from diebian.scenes.services.selectors import is_licensing
from diebian.security.identity.public import Actor

from . import policy
from .refusals import HandedOutBefore, HowUnclear


@transaction.atomic
def say_how(*, case_no: str, way: str, to_name: str = "", address: str = "", by: Actor) -> Handover:
    """What is wanted on paper only after the licence was issued is owed from then on."""
    case = locked(case_no)
    if not policy.may_say_how(by, case):
        raise behalf.absent(by, case)
    handout = Handout.objects.filter(case=case).first()
    if not is_sayable(case, handout):
        raise HandedOutBefore if handout else WrongState
    is_mail = way == Handover.Way.MAIL
    if way not in Handover.Way.values or (is_mail and not (to_name.strip() and address.strip())):
        raise HowUnclear
    row = Handover.objects.filter(case=case).first() or Handover(case=case)
    row.way = way
    row.to_name = to_name.strip()[:100] if is_mail else ""
    row.address = address.strip()[:200] if is_mail else ""
    row.said_at, row.said_by_name = clock.now(), by.name
    _count(row, case)
    row.save()
    says = promised(row) if row.since else row.get_way_display()
    happened(case, "handover_said", by, says)
    return row


def _count(row: Handover, case: Case) -> None:
    """Another way to have it moves no day that is running."""
    if row.way == Handover.Way.ONLINE:
        row.since, row.ended_at = None, None
    elif row.since is None and case.events.filter(kind="delivered").exists():
        row.since, row.reminded = clock.now(), ""
        row.is_licence = is_licensing(case.version.facts)
