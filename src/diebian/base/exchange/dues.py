"""The last days that the law gives: reply, its extension, provision (国务院令第809号)."""

from dataclasses import replace

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.standards.calendar import WorkingCalendar, in_words
from diebian.standards.dues import Due, due_after
from diebian.standards.sharing import PROVISION, REPLY, SharingType

from .models import Extension, RequestState, ShareRequest

ANSWERED = {RequestState.SUBMITTED, RequestState.SUPPLEMENTING}


def due_of(request: ShareRequest, calendar: WorkingCalendar | None = None) -> Due | None:
    """Reply and provision, 国务院令第809号 第二十至二十二条; nobody's clock runs in other states.

    The reply clock runs on while a supplement is awaited: the regulation stops it nowhere. One
    item that is 有条件共享 makes the whole request so, whatever its entry is.
    """
    calendar = calendar or working_calendar()
    if request.state in ANSWERED and request.submitted_at:
        limit = REPLY[SharingType(request.sharing)]
        if request.extension == Extension.GIVEN:
            limit = replace(limit, days=limit.days + (request.extension_days or 0))
        return due_after("答复", request.submitted_at, limit, calendar)
    if request.state == RequestState.AGREED and request.agreed_at:
        return due_after("开通", request.agreed_at, PROVISION, calendar)
    return None


def reply_by(sharing: str) -> str:
    """When a request that is sent on today would be answered; empty where nobody can know."""
    limit = REPLY.get(SharingType(sharing))
    due = due_after("答复", clock.now(), limit, working_calendar()) if limit else None
    return in_words(due.on) if due and due.on else ""
