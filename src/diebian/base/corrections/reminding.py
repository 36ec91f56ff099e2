"""The ladder of reminders: the office, on the last day its head as well, then the authority.

A comparison opens hundreds at once: of one office and one rung there is one message.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import climbed, notify_all, office_at
from diebian.security.identity.public import PLATFORM, Actor, Refused, department_name
from diebian.standards.dues import RUNGS, Due

from . import policy
from .dues import due_of
from .models import UNSETTLED, Correction

Reminded = tuple[Correction, Due]
STEP = "corrections.reminded"  # in the trail, with the rung behind it


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung of each correction once; returns how many were told of. Run it as often as you
    like.
    """
    if not policy.may_remind(by):
        raise Refused
    calendar, waiting = working_calendar(), defaultdict[tuple[str, str], list[Reminded]](list)
    rows = Correction.objects.select_for_update(of=("self",)).filter(state__in=UNSETTLED)
    for made in rows.select_related("resource__entry__provider").order_by("opened_at", "pk"):
        due = due_of(made, calendar)
        subject = made.audit_subject
        if due and (rung := climbed(made, due, calendar, action=STEP, subject=subject, by=by)):
            waiting[made.resource.entry.provider.credit_code, rung].append((made, due))
    for (provider, rung), found in waiting.items():
        _tell(provider, rung, found)
    return sum(map(len, waiting.values()))


def _tell(provider: str, rung: str, found: Sequence[Reminded]) -> None:
    """The oldest stands in the words: the list begins with it."""
    (first, due), rest = found[0], len(found) - 1
    link = reverse("corrections:correction", args=[first.public_id])
    body = f"{RUNGS[rung]}：“{first.item}”（{first.resource.title}），{due}。"
    if rest:
        link = reverse("corrections:corrections")
        body += f"另有 {rest} 件也是这样。"
    title = f"校核待答复：{department_name(provider)}"
    keys = office_at(rung, provider)
    notify_all(keys=keys, title=title, body=body, link=link, by=PLATFORM)
