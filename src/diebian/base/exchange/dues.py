"""The last days that the law gives: reply, its extension, provision (国务院令第809号)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.standards.calendar import UnknownYear, WorkingCalendar, in_words
from diebian.standards.sharing import PROVISION, REPLY, Limit, SharingType

from .models import Extension, RequestState, ShareRequest

ANSWERED = {RequestState.SUBMITTED, RequestState.SUPPLEMENTING}


@dataclass(frozen=True)
class Due:
    """The last day of whoever acts now. `on` is None where the year has no calendar yet."""

    what: str
    on: date | None
    is_late: bool
    source: str

    def __str__(self) -> str:
        if self.on is None:
            return f"{self.what}：放假安排公布后才能算出日期"
        return f"最晚 {in_words(self.on)}{self.what}{'，已超期' if self.is_late else ''}"


def due_of(request: ShareRequest, calendar: WorkingCalendar | None = None) -> Due | None:
    """Reply and provision, 国务院令第809号 第二十至二十二条; nobody's clock runs in other states.

    The reply clock runs on while a supplement is awaited: the regulation stops it nowhere.
    """
    calendar = calendar or working_calendar()
    if request.state in ANSWERED and request.submitted_at:
        limit = REPLY[SharingType(request.resource.entry.sharing)]
        if request.extension == Extension.GIVEN:
            limit = replace(limit, days=limit.days + (request.extension_days or 0))
        return _due("答复", request.submitted_at, limit, calendar)
    if request.state == RequestState.AGREED and request.agreed_at:
        return _due("开通", request.agreed_at, PROVISION, calendar)
    return None


def reply_by(sharing: str) -> str:
    """When a request that is sent on today would be answered; empty where nobody can know."""
    limit = REPLY.get(SharingType(sharing))
    due = _due("答复", clock.now(), limit, working_calendar()) if limit else None
    return in_words(due.on) if due and due.on else ""


def _due(what: str, since: datetime, limit: Limit, calendar: WorkingCalendar) -> Due:
    try:
        on = calendar.add(since.astimezone(clock.CITY_TIME).date(), limit.days)
    except UnknownYear:  # the notice of the coming year is not out yet: no notice, no guess
        return Due(what, None, is_late=False, source=limit.source)
    return Due(what, on, clock.today() > on, limit.source)
