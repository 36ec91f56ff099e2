"""Pages of the reviewer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor, Post, Refused, actor_of
from diebian.security.tracker.public import reads_in

from . import actions, selectors, shown
from .clock_words import words_of
from .fees.selectors import fee_of
from .handing.wanted import wanted_of
from .handover.selectors import told_of
from .journey import journey_for
from .limits.shown import acts_for
from .materials.demands import register_for
from .models import Case, Overran, State
from .refusals import (
    HeldAlready,
    MaterialAlike,
    MaterialUnknown,
    OverrunUnexplained,
    PageIsOld,
    PromiseOutstanding,
    ReasonMissing,
)
from .tasks.selectors import colleagues_of, task_of, waiting_for_others, work_page
from .tasks.sent import task_in

AT_THE_FORM = (
    HeldAlready, MaterialAlike, MaterialUnknown, OverrunUnexplained, PageIsOld,
    PromiseOutstanding, ReasonMissing,
)  # fmt: skip


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    return render(request, "services/desk.html", {**_queue(request), "case": None})


@require_safe
def work(request: HttpRequest, case_no: str) -> HttpResponse:
    return _work_page(request, case_no)


def _work_page(
    request: HttpRequest,
    case_no: str,
    *,
    fault: DiebianError | None = None,
    words: str = "",
    overrun: actions.Overrun | None = None,
) -> HttpResponse:
    """`fault` and `words`: what was refused stands where it was written, to be put right."""
    actor = _reviewer(request)
    selectors.case_for(actor, case_no)  # one of another department does not exist here
    actions.open_for_review(case_no=case_no, by=actor)
    case = selectors.case_for(actor, case_no)
    journey = journey_for(case)
    told_clock, rule = selectors.clock_of(case), selectors.rule_of(case.version.facts)
    told = {
        **_queue(request),
        "task": task_of(actor, case),
        "case": case,
        "clock": told_clock,
        "rule": rule,
        "events": shown.event_lines(case),
        "groups": shown.review_groups(case, journey),
        "materials": shown.spared_lines(case, journey, selectors.providers(journey)),
        "answers": shown.answer_lines(case),
        "papers": wanted_of(case, journey),
        "reads": reads_in(case_no=case_no),
        "fee": fee_of(case),
        "handover": told_of(case),
        "verifies": journey.verifies,
        "may_supplement": not hasattr(case, "supplement"),
        "demandable": _demandable(case),
        "chosen": request.POST.getlist("material"),
        "to_confirm": isinstance(fault, MaterialAlike),
        "words_of_clock": words_of(told_clock, rule),
        "acts": acts_for(actor, case, told_clock),
        "overruns": Overran.choices if told_clock.is_past_promise else [],
        "overrun": overrun,
        "fault": fault,
        "words": words,
    }
    status = fault.status if fault else 200
    return render(request, "services/desk.html", told, status=status)


@require_POST
def decide(request: HttpRequest, case_no: str, verb: str) -> HttpResponse:
    actor, words = actor_of(request), request.POST.get("reason", "")
    is_confirmed = "confirmed" in request.POST
    task = task_in(request.POST.dict()) if "task" in request.POST else None
    overrun = actions.Overrun(
        request.POST.get("overrun", ""), request.POST.get("overrun_words", "")
    )
    try:
        if verb == "approve":
            actions.approve(case_no=case_no, overrun=overrun, task=task, by=actor)
        elif verb == "refuse":
            actions.refuse(
                case_no=case_no,
                reason=words,
                is_confirmed=is_confirmed,
                overrun=overrun,
                task=task,
                by=actor,
            )
        else:
            actions.ask_supplement(
                case_no=case_no,
                wanted=words,
                materials=request.POST.getlist("material"),
                is_confirmed=is_confirmed,
                task=task,
                by=actor,
            )
    except AT_THE_FORM as fault:
        return _work_page(request, case_no, fault=fault, words=words, overrun=overrun)
    return redirect("services:work", case_no)


@require_POST
def licence(request: HttpRequest, case_no: str, material: str) -> HttpResponse:
    made = actions.open_licence(case_no=case_no, material=material, by=actor_of(request))
    return redirect("licences:copy", made)


def _demandable(case: Case) -> list[str]:
    """Names of the register that this department may ask this person for."""
    if case.state != State.UNDER_REVIEW or hasattr(case, "supplement"):
        return []
    register = register_for(case.department.credit_code, case.county, case.applicant_key)
    return [name for code, name in register.called.items() if register.answers[code].is_demanded]


def _reviewer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.holds(Post.REVIEWER):
        raise Refused
    return actor


def _queue(request: HttpRequest) -> dict[str, Any]:
    actor, is_of_others = _reviewer(request), request.GET.get("of") == "others"
    is_handing = request.GET.get("of") == "hand"
    return {
        "handing": colleagues_of(actor) if is_handing else None,
        "page": None if is_of_others else work_page(actor, request.GET.get("after", "")),
        "others": waiting_for_others(actor) if is_of_others else None,
        "decided_today": selectors.decided_today_by(actor),
    }
