"""A step of a case: claimed, handed on, asked about, urged; and several decided together."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.process.public import ReasonMissing
from diebian.scenes.services.shown import answer_lines
from diebian.scenes.services.ways.actions import finish_step, send_back
from diebian.security.identity.public import Actor, Post, Refused, actor_of

from . import actions
from .sent import task_in

Sent = Mapping[str, str]
ASSIGN, HAND = "assign", "hand"


@require_POST
def act(request: HttpRequest, case_no: str, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    actor = actor_of(request) if verb == ASSIGN else _reviewer(request)
    sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    VERBS[verb](case_no, task_in(sent), sent, actor)
    return redirect("services:limits-case" if verb == ASSIGN else "services:work", case_no)


@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, case_no: str, task: int) -> HttpResponse:
    """会签: the question, what it is about, and the answer."""
    actor, fault = _reviewer(request), None
    reason, said = request.POST.get("reason", ""), request.POST.get("said", "")
    if request.method == "POST":
        try:
            actions.give_word(
                case_no=case_no, task=task, agrees=said == "yes", reason=reason, by=actor
            )
        except ReasonMissing as error:
            fault = error
        else:
            return redirect("services:desk")
    case, asked = actions.look_at_asked(case_no=case_no, task=task, by=actor)
    told = {"case": case, "word": asked, "answers": answer_lines(case), "reason": reason,
            "said": said, "fault": fault}  # fmt: skip
    return render(request, "services/word.html", told, status=fault.status if fault else 200)


@require_safe
def way(request: HttpRequest, case_no: str) -> HttpResponse:
    """流程图 of a case, with where it stands: names of officials are shown to officials."""
    actor = actor_of(request)
    case, picture = actions.look_at_way(case_no=case_no, by=actor)
    told = {"case": case, "picture": picture, "shows_people": not actor.is_person}
    return render(request, "services/way.html", told)


@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    actor, chosen = _reviewer(request), request.POST.getlist("case")
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    is_handed = request.POST.get("verb") == HAND
    done = (
        actions.hand_many(case_nos=chosen, to=to, reason=reason, by=actor)
        if is_handed
        else actions.approve_many(case_nos=chosen, by=actor)
    )
    count = sum(not one.refusal for one in done)
    told = {"done": done, "count": count, "is_handed": is_handed}
    return render(request, "services/batch.html", told)


@require_POST
def urge(request: HttpRequest, case_no: str) -> HttpResponse:
    actions.urge(case_no=case_no, words=request.POST.get("words", ""), by=actor_of(request))
    return redirect("services:track", case_no)


def _claim(case_no: str, task: int, _: Sent, by: Actor) -> None:
    actions.claim(case_no=case_no, task=task, by=by)


def _release(case_no: str, task: int, _: Sent, by: Actor) -> None:
    actions.release(case_no=case_no, task=task, by=by)


def _delegate(case_no: str, task: int, sent: Sent, by: Actor) -> None:
    to, reason = sent.get("to", ""), sent.get("reason", "")
    actions.delegate(case_no=case_no, task=task, to=to, reason=reason, by=by)


def _ask(case_no: str, task: int, sent: Sent, by: Actor) -> None:
    department, reason = sent.get("department", ""), sent.get("reason", "")
    actions.ask_word(case_no=case_no, task=task, department=department, reason=reason, by=by)


def _assign(case_no: str, task: int, sent: Sent, by: Actor) -> None:
    to, reason = sent.get("to", ""), sent.get("reason", "")
    actions.assign(case_no=case_no, task=task, to=to, reason=reason, by=by)


def _step(case_no: str, task: int, sent: Sent, by: Actor) -> None:
    outcome, reason = sent.get("outcome", ""), sent.get("reason", "")
    finish_step(case_no=case_no, task=task, outcome=outcome, reason=reason, by=by)


def _back(case_no: str, task: int, sent: Sent, by: Actor) -> None:
    to, reason = sent.get("to", ""), sent.get("reason", "")
    send_back(case_no=case_no, task=task, to=to, reason=reason, by=by)


VERBS: dict[str, Callable[[str, int, Sent, Actor], None]] = {
    "claim": _claim,
    "release": _release,
    "delegate": _delegate,
    "ask": _ask,
    ASSIGN: _assign,
    "step": _step,
    "back": _back,
}


def _reviewer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.holds(Post.REVIEWER):
        raise Refused
    return actor
