"""What has to be done by a day, of one request: by the law (国务院令第809号) or by promise.

The days stand in `standards/sharing` and `standards/promises`; whose they are is said by the source
of each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from diebian.base.directory.public import sharing_promises, working_calendar
from diebian.base.exchange.grants.in_force import GOING_ON
from diebian.base.exchange.grants.models import (
    ANSWERABLE,
    Extension,
    Grant,
    RequestState,
    ShareRequest,
    Standing,
)
from diebian.kernel import clock
from diebian.standards.calendar import WorkingCalendar, in_words
from diebian.standards.dues import Due, due_after
from diebian.standards.promises import Promise, limit_of
from diebian.standards.promises import Step as Promised
from diebian.standards.sharing import REPLY, Limit, SharingType


@dataclass(frozen=True)
class Clocks:
    """What every day is counted by: read once for a list."""

    calendar: WorkingCalendar
    promises: Sequence[Promise]


class Step(StrEnum):
    """Each has somebody who acts; see `telling`."""

    OFFICE_REVIEW = "office_review"  # the consumer's own head
    REPLY = "reply"  # the provider
    SUPPLEMENT = "supplement"  # the consumer, within the provider's days
    CONSENT = "consent"  # the authority, to a longer reply
    PROVISION = "provision"  # the authority
    RECTIFY = "rectify"  # the consumer, after a suspension
    CHECK = "check"  # the provider: was it put right?
    DISPOSE = "dispose"  # the consumer
    EXPIRE = "expire"  # nobody: it ends by itself


WHAT = {
    Step.OFFICE_REVIEW: "审核",
    Step.REPLY: "答复",
    Step.SUPPLEMENT: "答复",
    Step.CONSENT: "决定是否延长",
    Step.PROVISION: "开通",
    Step.RECTIFY: "整改",
    Step.CHECK: "核实整改",
    Step.DISPOSE: "处置数据并写明",
    Step.EXPIRE: "到期",
}


def read_clocks() -> Clocks:
    return Clocks(working_calendar(), sharing_promises())


def dues_of(request: ShareRequest, clocks: Clocks | None = None) -> dict[Step, Due]:
    """Every clock that runs, the main one first."""
    clocks = clocks or read_clocks()
    told = {
        step: due_after(
            WHAT[step], since, _limit(request, step, since, clocks.promises), clocks.calendar
        )
        for step, since in _running(request)
    }
    grant = grant_of(request)
    if grant and grant.standing in GOING_ON:
        step = Step.EXPIRE
        told[step] = Due(WHAT[step], request.valid_to, is_late=False, source="授权", is_end=True)
    return told


def due_of(request: ShareRequest, clocks: Clocks | None = None) -> Due | None:
    """What somebody has to do next; None where nobody's clock runs."""
    dues = dues_of(request, clocks)
    return next((due for due in dues.values() if not due.is_end), None)


def grant_of(request: ShareRequest) -> Grant | None:
    found: Grant | None = getattr(request, "grant", None)
    return found


def reply_by(sharing: str) -> str:
    """When a request that is sent on today would be answered; empty where nobody can know."""
    limit = _reply(SharingType(sharing), clock.today(), sharing_promises())
    due = due_after("答复", clock.now(), limit, working_calendar()) if limit else None
    return in_words(due.on) if due and due.on else ""


def _running(request: ShareRequest) -> Iterator[tuple[Step, datetime]]:
    """The reply clock runs on while a supplement is awaited: the regulation stops it nowhere."""
    state, grant = request.state, grant_of(request)
    if state == RequestState.OFFICE_REVIEW:
        yield Step.OFFICE_REVIEW, request.requested_at
    if state == RequestState.SUBMITTED and request.submitted_at:
        yield Step.REPLY, request.submitted_at
    if state == RequestState.SUPPLEMENTING and request.submitted_at:
        yield Step.SUPPLEMENT, request.submitted_at
    if is_extension_open(request) and request.extension_at:
        yield Step.CONSENT, request.extension_at
    if state == RequestState.AGREED and request.agreed_at:
        yield Step.PROVISION, request.agreed_at
    if grant and grant.standing == Standing.SUSPENDED and grant.step_at:
        yield Step.CHECK if grant.rectified else Step.RECTIFY, grant.step_at
    if state == RequestState.CLOSING and request.closing_at:
        yield Step.DISPOSE, request.closing_at


def is_extension_open(request: ShareRequest) -> bool:
    return request.extension == Extension.ASKED and request.state in ANSWERABLE


def _limit(
    request: ShareRequest, step: Step, since: datetime, promises: Sequence[Promise]
) -> Limit:
    on = since.astimezone(clock.CITY_TIME).date()
    if step not in {Step.REPLY, Step.SUPPLEMENT}:
        return limit_of(Promised(step.value), promises, on)
    limit = _reply(SharingType(request.sharing), on, promises)
    assert limit is not None  # noqa: S101  nobody can ask for what is 不予共享, for mypy
    if request.extension == Extension.GIVEN:
        return replace(limit, days=limit.days + (request.extension_days or 0))
    return limit


def _reply(sharing: SharingType, on: date, promises: Sequence[Promise]) -> Limit | None:
    """One item that is 有条件共享 makes the whole request so, whatever its entry is."""
    if sharing == SharingType.CONDITIONAL:
        return limit_of(Promised.REPLY, promises, on)
    return REPLY.get(sharing)
