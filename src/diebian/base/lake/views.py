"""Pages: read the request, call one action or selector, answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from diebian.security.identity.public import Actor, Post, Refused, actor_of

from . import policy, selectors
from .asking import ask_collection
from .forms import WindowForm
from .hold_actions import decide_hold
from .models import Collection, Mode, RunState
from .naming import column_lines
from .refusals import WindowWrong
from .run_actions import stop_run

AGAIN_SECONDS = 5
UNPROCESSABLE = 422


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    actor = _official(request)
    told = selectors.overview(actor, request.GET.get("page", "1"))
    shown = {"told": told, "is_authority": actor.holds(Post.AUTHORITY)}
    shown["may_manage"] = policy.may_manage(actor, actor.department)
    return render(request, "lake/collections.html", shown)


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    return _collection(request, slug, WindowForm(), asked=request.GET.get("asked", ""))


@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    actor = _official(request)
    found = selectors.run_for(actor, run_id)
    shown = {
        "run": found,
        "rows": selectors.bad_rows_of(found, request.GET.get("page", "1")),
        "may_stop": found.state == RunState.RUNNING and _may_manage(actor, found.collection),
    }
    if found.state == RunState.RUNNING:
        shown |= {"progress": selectors.progress_of(found), "again": AGAIN_SECONDS}
    return render(request, "lake/run.html", shown)


@require_POST
def collect(request: HttpRequest, slug: str) -> HttpResponse:
    """Now, or a window of it again (补采)."""
    actor, form = actor_of(request), WindowForm(request.POST)
    before = selectors.last_run_number(slug)
    try:
        window = form.cleaned_data if form.is_valid() else {}
        if not form.errors:
            ask_collection(slug=slug, by=actor, **window)
    except WindowWrong as error:  # shown on the form, with the input kept
        form.add_error(None, error.on_form)
    if form.errors:
        return _collection(request, slug, form)
    return redirect(f"{reverse('lake:collection', args=[slug])}?asked={before}")


@require_POST
def stop(request: HttpRequest, run_id: int) -> HttpResponse:
    stop_run(run_id=run_id, by=actor_of(request))
    return redirect("lake:run", run_id)


@require_POST
def decide(request: HttpRequest, hold_id: int, decision: str) -> HttpResponse:
    hold = decide_hold(hold_id=hold_id, decision=decision, by=actor_of(request))
    return redirect("lake:collection", hold.collection.slug)


def _collection(
    request: HttpRequest, slug: str, window: WindowForm, asked: str = ""
) -> HttpResponse:
    """`asked`: the last run at the time when a person asked for one; until the next is there, and
    while it runs, the page looks again by itself.
    """
    actor = _official(request)
    found = selectors.collection_for(actor, slug)
    runs = selectors.runs_of(found, request.GET.get("page", "1"))
    progress = selectors.running_of(found)
    is_waiting = progress is None and asked == str(selectors.last_run_number(slug))
    shown = {
        "one": found,
        "columns": list(zip(found.columns, column_lines(found), strict=True)),
        "runs": runs,
        "progress": progress,
        "is_waiting": is_waiting,
        "again": AGAIN_SECONDS if (progress or is_waiting) and not window.errors else 0,
        "window": window if found.mode != Mode.FULL else None,
        "hold": selectors.open_hold(found),
        "past": selectors.past_holds(found),
        "versions": selectors.versions_of(found),
        "may_manage": _may_manage(actor, found),
    }
    status = UNPROCESSABLE if window.errors else 200
    return render(request, "lake/collection.html", shown, status=status)


def _may_manage(actor: Actor, one: Collection) -> bool:
    return policy.may_manage(actor, one.source.department.credit_code)


def _official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    return actor
