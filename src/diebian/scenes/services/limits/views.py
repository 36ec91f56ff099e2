"""办件时限: cards, extensions to decide, how often on time; and one case's clock with its verbs."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.scenes.services.actions import look_at
from diebian.scenes.services.clock_words import words_of
from diebian.scenes.services.handover.selectors import told_of
from diebian.scenes.services.refusals import ReasonMissing
from diebian.scenes.services.selectors import clock_of, rule_of
from diebian.scenes.services.shown import event_lines
from diebian.security.identity.public import Actor, Refused, actor_of

from . import policy, selectors
from .assigning import to_assign
from .extending import ask_extension, decline_extension, grant_extension
from .refusals import BasisMissing, CauseUnknown, DaysWrong
from .shown import acts_for
from .stopping import begin_special_procedure, end_special_procedure, resume, suspend

TO_BE_PUT_RIGHT = (BasisMissing, CauseUnknown, DaysWrong, ReasonMissing)
Sent = Mapping[str, str]


@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    actor, month = _watcher(request), _month(request)
    told = {
        "standing": selectors.standing(actor, request.GET.dict()),
        "extensions": selectors.extensions_to_decide(actor),
        "month": month,
        "lines": selectors.punctuality(actor, month),
        "sees_all": policy.sees_all(actor),
    }
    return render(request, "services/limits.html", told)


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """The cases behind one line of the on-time rate."""
    actor, month = _watcher(request), _month(request)
    told = {
        "cases": selectors.decided_cases(actor, code, month),
        "month": month,
        "item": selectors.item_of(actor, code),
    }
    return render(request, "services/limits_item.html", told)


@require_safe
def case(request: HttpRequest, case_no: str) -> HttpResponse:
    return _case_page(request, case_no)


@require_POST
def act(request: HttpRequest, case_no: str, verb: str) -> HttpResponse:
    actor = actor_of(request)
    if verb not in VERBS:
        raise Http404
    sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    try:
        VERBS[verb](case_no, sent, actor)
    except TO_BE_PUT_RIGHT as fault:  # shown where it was written, with what was written
        return _case_page(request, case_no, fault, {**sent, "verb": verb})
    is_reviewer = sent.get("from") == "desk"
    return redirect("services:work" if is_reviewer else "services:limits-case", case_no)


def _case_page(
    request: HttpRequest,
    case_no: str,
    fault: DiebianError | None = None,
    sent: Sent | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.case_for(actor, case_no)
    look_at(case=found, page="办件时限页", columns=["办理经过"], by=actor)
    told, rule = clock_of(found), rule_of(found.version.facts)
    page: dict[str, Any] = {
        "case": found,
        "clock": told,
        "rule": rule,
        "words_of_clock": words_of(told, rule),
        "acts": acts_for(actor, found, told),
        "assign": to_assign(actor, found),
        "events": event_lines(found),
        "handover": told_of(found),
        "fault": fault,
        "sent": sent or {},
    }
    status = fault.status if fault else 200
    return render(request, "services/limits_case.html", page, status=status)


def _special(case_no: str, sent: Sent, by: Actor) -> None:
    begin_special_procedure(
        case_no=case_no,
        procedure=sent.get("cause", ""),
        days=_days(sent),
        why=sent.get("why", ""),
        basis=sent.get("basis", ""),
        by=by,
    )


def _special_end(case_no: str, sent: Sent, by: Actor) -> None:
    end_special_procedure(case_no=case_no, outcome=sent.get("why", ""), by=by)


def _suspend(case_no: str, sent: Sent, by: Actor) -> None:
    suspend(
        case_no=case_no,
        ground=sent.get("cause", ""),
        days=_days(sent),
        why=sent.get("why", ""),
        basis=sent.get("basis", ""),
        by=by,
    )


def _resume(case_no: str, sent: Sent, by: Actor) -> None:
    resume(case_no=case_no, why=sent.get("why", ""), by=by)


def _extend(case_no: str, sent: Sent, by: Actor) -> None:
    ask_extension(case_no=case_no, days=_days(sent), reason=sent.get("why", ""), by=by)


def _grant(case_no: str, _: Sent, by: Actor) -> None:
    grant_extension(case_no=case_no, by=by)


def _decline(case_no: str, sent: Sent, by: Actor) -> None:
    decline_extension(case_no=case_no, answer=sent.get("why", ""), by=by)


VERBS: dict[str, Callable[[str, Sent, Actor], None]] = {
    "special": _special,
    "special-end": _special_end,
    "suspend": _suspend,
    "resume": _resume,
    "extend": _extend,
    "grant": _grant,
    "decline": _decline,
}


def _days(sent: Sent) -> int:
    """Nought is refused with a sentence, as is what is no number."""
    days = sent.get("days", "").strip()
    return int(days) if days.isascii() and days.isdigit() and len(days) <= len("999") else 0


def _month(request: HttpRequest) -> date:
    """`2026-11`; this month where none is named or nothing is meant by it."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return clock.today().replace(day=1)


def _watcher(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    return actor
