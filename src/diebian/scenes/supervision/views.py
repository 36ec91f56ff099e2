"""Pages of tasks: read the request, call one action or selector, answer."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.papers.public import ACCEPT, MEGABYTES, PaperRefused, answer_with, files_in
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor, Refused, actor_of

from . import actions, bulletin, evidence, extending, policy, selectors
from .models import Origin, State, Task
from .refusals import (
    DueWrong,
    ExtensionTooLate,
    FilesTooMany,
    LeadUnknown,
    LinkElsewhere,
    SaysNothing,
    StepsOpen,
    UntilWrong,
)

Sent = Mapping[str, str]
TO_BE_PUT_RIGHT = (
    DueWrong, ExtensionTooLate, FilesTooMany, LeadUnknown, LinkElsewhere, PaperRefused,
    SaysNothing, StepsOpen, UntilWrong,
)  # fmt: skip


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    actor = _official(request)
    asked = selectors.Asked(
        programme=request.GET.get("programme", ""),
        department=request.GET.get("department", ""),
        state=_state(request.GET.get("state", "")),
    )
    told = {
        "told": selectors.overview(actor, asked, request.GET.get("page", "1")),
        "asked": asked,
        "states": State.choices,
        "may_raise": policy.may_raise(actor),
        "is_head": policy.has_desk(actor),
    }
    return render(request, "supervision/tasks.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_raise(actor):
        raise Refused
    if request.method != "POST":
        return render(request, "supervision/new.html", _new_page({}, None))
    sent = _sent(request)
    try:
        made = actions.raise_task(
            title=sent.get("title", ""),
            wanted=sent.get("wanted", ""),
            origin=sent.get("origin", ""),
            origin_says=sent.get("origin_says", ""),
            by=actor,
        )
    except SaysNothing as fault:
        return render(request, "supervision/new.html", _new_page(sent, fault), status=fault.status)
    return redirect("supervision:task", made.public_id)


@require_safe
def task(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _task_page(request, public_id)


@require_POST
def act(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    actor, sent = actor_of(request), _sent(request)
    if verb not in VERBS and verb not in WITH_FILES:
        raise Http404
    try:
        if verb in WITH_FILES:
            files = list(files_in(request)) if request.FILES else []
            told = {"text": sent.get("text", ""), "link": sent.get("link", "")}
            WITH_FILES[verb](public_id=public_id, **told, files=files, by=actor)
        else:
            VERBS[verb](public_id, sent, actor)
    except TO_BE_PUT_RIGHT as fault:  # shown where it was written, with what was written
        return _task_page(request, public_id, fault, {**sent, "verb": verb})
    return redirect("supervision:task", public_id)


@require_safe
def evidence_file(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    return answer_with(evidence.file_for(task_id=public_id, paper_id=paper_id, by=actor))


@require_safe
def bulletin_page(request: HttpRequest) -> HttpResponse:
    _need_supervisor(request)
    told = bulletin.bulletin(_month(request))
    return render(request, "supervision/bulletin.html", {"told": told})


@require_safe
def bulletin_file(request: HttpRequest) -> HttpResponse:
    _need_supervisor(request)
    told = bulletin.bulletin(_month(request))
    answer = HttpResponse(bulletin.as_csv(told), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="bulletin-{told.month:%Y-%m}.csv"'
    return answer


def _task_page(
    request: HttpRequest,
    public_id: UUID,
    fault: DiebianError | None = None,
    sent: Sent | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.task_for(actor, public_id)
    may = selectors.acts_for(actor, found)
    told: dict[str, Any] = {
        "task": found,
        "line": selectors.line_of(found),
        "helpers": selectors.helpers_of(found),
        "may": may,
        "departments": selectors.departments() if may["assign"] else [],
        "sheet": _sheet_of(found),
        "accept": ACCEPT,
        "megabytes": MEGABYTES,
        "fault": fault,
        "sent": sent or {},
    }
    status = fault.status if fault else 200
    return render(request, "supervision/task.html", told, status=status)


def _said(action: Callable[..., None]) -> Callable[[UUID, Sent, Actor], None]:
    def act(public_id: UUID, sent: Sent, by: Actor) -> None:
        action(public_id=public_id, text=sent.get("text", ""), by=by)

    return act


def _assign(public_id: UUID, sent: Sent, by: Actor) -> None:
    lead, due, co = sent.get("lead", ""), _day(sent, "due"), [sent.get("co", "")]
    actions.assign(public_id=public_id, lead=lead, due=due, co=co, by=by)


def _step(public_id: UUID, sent: Sent, by: Actor) -> None:
    told = sent.get("step", "")
    step = int(told) if told.isascii() and told.isdigit() and len(told) < len("9" * 10) else 0
    actions.finish_step(public_id=public_id, step=step, by=by)


def _verify(public_id: UUID, sent: Sent, by: Actor) -> None:
    is_done, text = sent.get("done") == "1", sent.get("text", "")
    actions.verify(public_id=public_id, is_done=is_done, text=text, by=by)


def _longer(public_id: UUID, sent: Sent, by: Actor) -> None:
    until, text = _day(sent, "until"), sent.get("text", "")
    extending.ask_longer(public_id=public_id, until=until, text=text, by=by)


def _decide_longer(public_id: UUID, sent: Sent, by: Actor) -> None:
    is_granted, text = sent.get("granted") == "1", sent.get("text", "")
    extending.decide_longer(public_id=public_id, is_granted=is_granted, text=text, by=by)


VERBS: dict[str, Callable[[UUID, Sent, Actor], None]] = {
    "register": _said(actions.register),
    "decline": _said(actions.decline),
    "assign": _assign,
    "accept": _said(actions.accept),
    "hand-back": _said(actions.hand_back),
    "step": _step,
    "verify": _verify,
    "close": _said(actions.close),
    "urge": _said(actions.urge),
    "longer": _longer,
    "decide-longer": _decide_longer,
}


WITH_FILES: dict[str, Callable[..., None]] = {
    "report": actions.report,
    "claim": actions.claim_done,
}


def _new_page(sent: Sent, fault: DiebianError | None) -> dict[str, object]:
    origins = [one for one in Origin.choices if one[0] != Origin.FINDING]
    return {"sent": sent, "fault": fault, "origins": origins}


def _sheet_of(found: Task) -> Any:
    finding = getattr(found, "finding", None)
    return finding.sheet if finding else None


def _sent(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}


def _day(sent: Sent, name: str) -> date | None:
    try:
        return date.fromisoformat(sent.get(name, ""))
    except ValueError:
        return None


def _month(request: HttpRequest) -> date:
    """`2026-11`; this month where none is named or nothing is meant by it."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return clock.today().replace(day=1)


def _state(told: str) -> str:
    return told if told in {*State.values, selectors.OVERDUE} else ""


def _official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_look(actor):
        raise Refused
    return actor


def _need_supervisor(request: HttpRequest) -> None:
    if not policy.may_raise(actor_of(request)):
        raise Refused
