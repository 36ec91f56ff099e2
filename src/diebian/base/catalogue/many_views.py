"""Many entries at once: choose, see what it means, do it, see what came of it. No script needed."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.security.identity.public import Actor, actor_of

from . import batches, many
from .forms import AssessmentForm
from .many import Outcome

LEFT_SHOWN = 50
KEPT = "catalogue.many"  # in the session, until the page that tells it
ACTS: dict[str, Callable[..., Outcome]] = {
    "review": many.review_many,
    "discard": many.discard_many,
    "approve": many.approve_many,
    "publish": many.publish_many,
}


@require_http_methods(["GET", "HEAD", "POST"])
def act_on_many(request: HttpRequest, verb: str) -> HttpResponse:
    actor = actor_of(request)
    found = batches.verb_for(actor, verb)
    if request.method != "POST":
        return _list(request, actor, found, "")
    is_all = request.POST.get("all") == "on"
    ids = batches.ids_of(actor, found, request.POST.getlist("entry"), is_all=is_all)
    if not ids:
        return _list(request, actor, found, "请至少选一条")
    form = AssessmentForm(request.POST)
    form.full_clean()
    is_ticked = verb != "submit" or all(form.cleaned_data.values())
    if request.POST.get("sure") != "on" or not is_ticked:
        return _confirm(request, found, ids)
    request.session[KEPT] = _told(found, _done(verb, ids, form.cleaned_data, actor))
    return redirect("catalogue:many", verb)


def _done(verb: str, ids: Sequence[UUID], ticked: dict[str, bool], by: Actor) -> Outcome:
    if verb == "submit":
        return many.submit_many(entry_ids=ids, **ticked, by=by)
    return ACTS[verb](entry_ids=ids, by=by)


def _told(verb: batches.Verb, outcome: Outcome) -> dict[str, Any]:
    left = list(outcome.left[:LEFT_SHOWN])
    return {"verb": verb.slug, "done": outcome.done, "left": left, "all_left": len(outcome.left)}


def _list(request: HttpRequest, actor: Actor, verb: batches.Verb, wrong: str) -> HttpResponse:
    outcome = request.session.pop(KEPT, None)
    shown = {
        "batch": batches.batch(actor, verb, request.GET.get("page", "1")),
        "wrong": wrong,
        "outcome": outcome if outcome and outcome["verb"] == verb.slug else None,
        "most": batches.MOST,
    }
    status = 422 if wrong else 200
    return render(request, "catalogue/many.html", shown, status=status)


def _confirm(request: HttpRequest, verb: batches.Verb, ids: Sequence[UUID]) -> HttpResponse:
    shown = {
        "verb": verb,
        "ids": ids,
        "titles": batches.titles_of(ids),
        "assessment": AssessmentForm(),
        "is_missing": request.POST.get("sure") == "on",
    }
    status = 422 if shown["is_missing"] else 200
    return render(request, "catalogue/many_confirm.html", shown, status=status)
