"""A theme's drawing calls for one of its items: an ordinary case of its department is opened.

What it is told stands in the form of the theme's case, for each member by itself (`told_to`): no
department reads another's fields. The case ends, and the theme goes on with what it came to.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from diebian.base.process.public import Opening, Owner
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Actor

from .actions.fetching import accept_or_wait
from .actions.rows import a_number, happened, locked, move
from .carrying.following import KEY, carried
from .items.models import State as VersionState
from .models import OPEN, Case, Channel, ServiceItem, State
from .standard_item import STANDARD

FIELDS, CHOSEN, APPLICANT = "fields", "chosen", "applicant"
CHANNEL, BEGUN_BY = "channel", "opened_by"
TAKEN_BACK = "一件事里撤回了这一项"


def told_to(
    by: Actor,
    fields: Mapping[str, str],
    *,
    chosen: Mapping[str, str] | None = None,
    applicant: str = "",
    channel: Channel = Channel.ONLINE,
) -> dict[str, Any]:
    """What a member's case begins with. `chosen`: answers to the item's own questions; `applicant`:
    the name, where somebody else fills."""
    return {
        FIELDS: dict(fields),
        CHOSEN: dict(chosen or {}),
        APPLICANT: applicant or by.name,
        CHANNEL: channel.value,
        BEGUN_BY: by.key,
    }


@transaction.atomic
def open_called(opening: Opening) -> int:
    """收件 in the name of who applied."""
    item = ServiceItem.objects.select_related("department").get(code=opening.item)
    version, now = item.versions.get(state=VersionState.IN_FORCE), clock.now()
    case = Case.objects.create(
        case_no=a_number(now),
        item=item,
        version=version,
        applicant_key=opening.person,
        applicant_name=opening.form[APPLICANT],
        form=opening.form[FIELDS],
        chosen=opening.form[CHOSEN],
        channel=opening.form[CHANNEL],
        opened_by=opening.form[BEGUN_BY],
        state=State.RECEIVED,
        opened_at=now,
        received_at=now,
    )
    number = carried(case, caller=opening.caller)
    for kind in ("opened", "received"):
        happened(case, kind, PLATFORM)
    accept_or_wait(case, PLATFORM)
    return number


@transaction.atomic
def withdraw_called(business_key: str) -> None:
    """The theme has taken it back. What is decided already stays."""
    case = locked(business_key.removeprefix(KEY))
    if case.state in OPEN:
        move(case, State.WITHDRAWN, "withdrawn", PLATFORM, TAKEN_BACK)


CALLED_CASES = Owner(STANDARD, "一个事项的办件", open_called, withdraw_called)
