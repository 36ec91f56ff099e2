"""Each morning: opinions that nobody objected to stand, what was to be done is looked at, and the
ladder of reminders: whoever acts, again on the last day, then the authority; for a county's the
city's as well.
"""

from django.db import transaction
from django.db.models import Q, QuerySet

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import climbed
from diebian.kernel import clock
from diebian.security.identity.public import Actor
from diebian.standards.dues import RUNGS

from . import policy
from .dues import due_of, promised_days
from .levels import CITY, authorities
from .matters import disputables
from .models import UNSETTLED, Dispute, How, Outcome, State, What
from .rows import allowed, decide, write
from .telling import tell, tell_all, who_acts

STEP = "disputes.reminded"  # in the trail, with the rung behind it


@transaction.atomic
def let_stand(*, by: Actor) -> int:
    """Opinions whose days are over without an objection; returns how many."""
    allowed(policy.may_settle(by))
    calendar, promised, stood = working_calendar(), promised_days(), 0
    for dispute in _rows().filter(state=State.COORDINATED):
        due = due_of(dispute, calendar, promised)
        if due and due.is_late:
            outcome, ruling = Outcome(dispute.opinion), dispute.ruling
            decide(dispute, outcome, How.COORDINATION, ruling, What.STOOD, by)
            stood += 1
    return stood


@transaction.atomic
def see_carried_out(*, by: Actor) -> int:
    """What the provider had to do itself and has done by now; returns how many."""
    allowed(policy.may_settle(by))
    told = 0
    for dispute in _rows().filter(state=State.DECIDED, outcome=Outcome.OVERTURNED):
        if disputables.get(dispute.kind).is_carried_out(dispute.about):
            dispute.carried_out_at = clock.now()
            dispute.save(update_fields=["carried_out_at"])
            write(dispute, What.CARRIED_OUT, "", by)
            tell_all(dispute, "结果已经落实。", by)
            told += 1
    return told


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung of each step once; returns how many were told of. Run it as often as you like."""
    allowed(policy.may_settle(by))
    calendar, promised, told = working_calendar(), promised_days(), 0
    for dispute in _rows():
        due = due_of(dispute, calendar, promised)
        subject = dispute.audit_subject
        if due and (rung := climbed(dispute, due, calendar, action=STEP, subject=subject, by=by)):
            late = [*authorities(dispute.bench), *authorities(CITY)] if rung == "late" else []
            tell([*who_acts(dispute), *late], dispute, f"{RUNGS[rung]}：{due}。")
            told += 1
    return told


def _rows() -> QuerySet[Dispute]:
    """For whom a clock may run."""
    rows = Dispute.objects.select_for_update(of=("self",)).select_related("asking", "provider")
    waiting = Q(state=State.DECIDED, outcome=Outcome.OVERTURNED, carried_out_at=None)
    return rows.filter(Q(state__in=UNSETTLED) | waiting).order_by("pk")
