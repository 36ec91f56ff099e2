"""The ladder of reminders for what the public asks: the office, on the last day its head as well,
then the authority. What nobody was named for is the authority's from the first rung on.
"""

from django.db import transaction
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import climbed, notify_all, office_at
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding
from diebian.standards.dues import RUNGS, Due

from . import policy
from .dues import due_of
from .models import DataRequest

STEP = "opening.request.reminded"  # in the trail, with the rung behind it


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung once; returns how many were told of. Run it as often as you like."""
    if not policy.may_remind(by):
        raise Refused
    calendar, told = working_calendar(), 0
    rows = DataRequest.objects.select_for_update(of=("self",)).filter(outcome="")
    for row in rows.select_related("provider").order_by("asked_at", "pk"):
        due = due_of(row, calendar)
        subject = row.audit_subject
        if due and (rung := climbed(row, due, calendar, action=STEP, subject=subject, by=by)):
            _tell(row, rung, due)
            told += 1
    return told


def _tell(row: DataRequest, rung: str, due: Due) -> None:
    link = reverse("open-data:request", args=[row.public_id])
    body = f"{RUNGS[rung]}：有人想要“{row.wanted}”，{due}。"
    keys = office_at(rung, row.provider.credit_code) if row.provider else []
    keys = keys or officials_holding(Post.AUTHORITY)
    notify_all(keys=keys, title=f"要数据 {row.number}", body=body, link=link, by=PLATFORM)
