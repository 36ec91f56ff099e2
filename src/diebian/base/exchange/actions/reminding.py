"""The ladder of reminders: whoever acts, then again on the last day, then the authority.

Silence escalates: a reply that is late is the data authority's affair (809号令 第二十二条).
"""

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.base.exchange import policy
from diebian.base.exchange.dues import due_of
from diebian.base.exchange.models import OPEN_STATES, ShareRequest
from diebian.base.exchange.telling import tell, who_acts
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Post, Refused, officials_holding
from diebian.standards.dues import RUNGS, Due, new_rung


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung of each step once; returns how many were told of. Run it as often as you like."""
    if not policy.may_end(by):
        raise Refused
    calendar = working_calendar()
    rows = ShareRequest.objects.select_for_update(of=("self",)).filter(state__in=OPEN_STATES)
    told = 0
    for request in rows.select_related("consumer", "resource__entry__provider"):
        due = due_of(request, calendar)
        if due and (rung := new_rung(due, request.reminded, calendar)):
            _tell(request, due, rung, by)
            told += 1
    return told


def _tell(request: ShareRequest, due: Due, rung: str, by: Actor) -> None:
    keys = who_acts(request)
    if rung == "late":
        keys = [*keys, *officials_holding(Post.AUTHORITY)]
    tell(keys, request, f"{RUNGS[rung]}：{due}")
    request.reminded = rung
    request.save(update_fields=["reminded"])
    audit.record(by=by, action=f"exchange.request.reminded_{rung}", subject=request.audit_subject)
