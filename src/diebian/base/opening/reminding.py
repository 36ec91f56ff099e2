"""The ladder of reminders for what the public asks: the office, on the last day its head as well,
then the authority. What nobody was named for is the authority's from the first rung on.
"""

from django.db import transaction
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import notify
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding
from diebian.standards.dues import RUNGS, Due, new_rung

from . import policy
from .dues import due_of
from .models import DataRequest


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung once; returns how many were told of. Run it as often as you like."""
    if not policy.may_remind(by):
        raise Refused
    calendar, told = working_calendar(), 0
    rows = DataRequest.objects.select_for_update(of=("self",)).filter(outcome="")
    for row in rows.select_related("provider").order_by("asked_at", "pk"):
        due = due_of(row, calendar)
        if due and (rung := new_rung(due, row.reminded, calendar)):
            row.reminded = rung
            row.save(update_fields=["reminded"])
            audit.record(
                by=by, action=f"opening.request.reminded_{rung}", subject=row.audit_subject
            )
            _tell(row, rung, due)
            told += 1
    return told


def _tell(row: DataRequest, rung: str, due: Due) -> None:
    link = reverse("open-data:request", args=[row.public_id])
    body = f"{RUNGS[rung]}：有人想要“{row.wanted}”，{due}。"
    for key in _whom(row, rung):
        notify(key=key, title=f"要数据 {row.number}", body=body, link=link, by=PLATFORM)


def _whom(row: DataRequest, rung: str) -> list[str]:
    code = row.provider.credit_code if row.provider else ""
    keys = officials_holding(Post.DATA_MANAGER, department=code) if code else []
    if code and rung != "near":
        keys += officials_holding(Post.DATA_HEAD, department=code)
    if rung == "late" or not keys:
        keys += officials_holding(Post.AUTHORITY)
    return list(dict.fromkeys(keys))
