"""The ladder of reminders: whoever acts, then again on the last day, then the authority.

Silence escalates: a reply that is late is the data authority's affair (809号令 第二十二条). What
ends by itself is told a month, a week and a day before.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from diebian.base.exchange import policy
from diebian.base.exchange.grants.in_force import GOING_ON
from diebian.base.exchange.grants.models import OPEN_STATES, RequestState, ShareRequest, Standing
from diebian.base.exchange.grants.sides import users_of
from diebian.base.exchange.requests.dues import Step, dues_of, read_clocks
from diebian.base.exchange.requests.models import Reminder
from diebian.base.exchange.requests.telling import tell, who_acts, whom_silence_reaches
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused
from diebian.standards.dues import FAR, RUNGS, Due, new_rung

GO_ON = "要接着用的，请现在续期；不再用的，到期后处置数据"


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung of each step once; returns how many were told of. Run it as often as you like."""
    if not policy.may_work_by_itself(by):
        raise Refused
    clocks, told = read_clocks(), 0
    reached = _reached()
    for request in _rows():
        for step, due in dues_of(request, clocks).items():
            rung = new_rung(due, reached.get((request.pk, step, due.on), ""), clocks.calendar)
            if rung and not (step == Step.EXPIRE and request.is_renewing):
                _tell(request, step, due, rung)
                _note(request, step, due, rung, by)
                told += 1
    return told


def _reached() -> dict[tuple[int, str, date | None], str]:
    """How far up each ladder is already."""
    rows = Reminder.objects.exclude(request__state=RequestState.CLOSED)
    told = rows.values_list("request", "step", "on", "rung")
    return {(request, step, on): rung for request, step, on, rung in told}


def _rows() -> QuerySet[Any]:
    """For whom a clock may run; each says whether a renewal of it is under way."""
    ending = Q(
        state=RequestState.ACTIVE,
        grant__standing__in=GOING_ON,
        valid_to__lte=clock.today() + FAR,
    )
    suspended = Q(state=RequestState.ACTIVE, grant__standing=Standing.SUSPENDED)
    waiting = Q(state__in=[*OPEN_STATES, RequestState.CLOSING])
    renewals = ShareRequest.objects.filter(renews=OuterRef("pk"), state__in=OPEN_STATES)
    rows = ShareRequest.objects.select_for_update(of=("self",)).filter(waiting | ending | suspended)
    related = rows.select_related("consumer", "resource__entry__provider", "grant")
    return related.annotate(is_renewing=Exists(renewals)).order_by("pk")


def _tell(request: ShareRequest, step: Step, due: Due, rung: str) -> None:
    keys, says = who_acts(request, step), f"{RUNGS[rung]}：{due}"
    if step == Step.EXPIRE:
        keys, says = users_of(request), f"授权{says}。{GO_ON}"
    if rung == "late":
        keys = [*keys, *whom_silence_reaches(request, step)]
    tell(keys, request, says)


def _note(request: ShareRequest, step: Step, due: Due, rung: str, by: Actor) -> None:
    where: dict[str, Any] = {"request": request, "step": step, "on": due.on}
    Reminder.objects.update_or_create(**where, defaults={"rung": rung})
    audit.record(by=by, action=f"exchange.request.reminded_{rung}", subject=request.audit_subject)
