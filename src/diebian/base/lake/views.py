"""Pages: read the request, call one action or selector, answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.security.identity.public import Actor, Post, Refused, actor_of

from . import policy, selectors
from .asking import ask_collection
from .hold_actions import decide_hold
from .models import Collection, RunState
from .names import type_words
from .run_actions import stop_run


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    actor = _official(request)
    told = selectors.overview(actor, request.GET.get("page", "1"))
    shown = {"told": told, "is_authority": actor.holds(Post.AUTHORITY)}
    shown["may_manage"] = policy.may_manage(actor, actor.department)
    return render(request, "lake/collections.html", shown)


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    actor = _official(request)
    found = selectors.collection_for(actor, slug)
    runs = selectors.runs_of(found, request.GET.get("page", "1"))
    shown = {
        "one": found,
        "columns": [(one, type_words(one["type"])) for one in found.columns],
        "runs": runs,
        "is_running": any(run.state == RunState.RUNNING for run in runs),
        "hold": selectors.open_hold(found),
        "past": selectors.past_holds(found),
        "versions": selectors.versions_of(found),
        "may_manage": _may_manage(actor, found),
    }
    return render(request, "lake/collection.html", shown)


@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    actor = _official(request)
    found = selectors.run_for(actor, run_id)
    shown = {
        "run": found,
        "rows": selectors.bad_rows_of(found, request.GET.get("page", "1")),
        "may_stop": found.state == RunState.RUNNING and _may_manage(actor, found.collection),
    }
    return render(request, "lake/run.html", shown)


@require_POST
def collect(request: HttpRequest, slug: str) -> HttpResponse:
    ask_collection(slug=slug, by=actor_of(request))
    return redirect("lake:collection", slug)


@require_POST
def stop(request: HttpRequest, run_id: int) -> HttpResponse:
    stop_run(run_id=run_id, by=actor_of(request))
    return redirect("lake:run", run_id)


@require_POST
def decide(request: HttpRequest, hold_id: int, decision: str) -> HttpResponse:
    hold = decide_hold(hold_id=hold_id, decision=decision, by=actor_of(request))
    return redirect("lake:collection", hold.collection.slug)


def _may_manage(actor: Actor, one: Collection) -> bool:
    return policy.may_manage(actor, one.source.department.credit_code)


def _official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    return actor
