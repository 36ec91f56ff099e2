"""Pages: read the request, call one action or selector, answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post, Refused, actor_of
from diebian.standards.sharing import CORRECTION

from . import actions, export, policy, selectors
from .asking import ask_run
from .handing import HANDED, hand_over
from .leave import is_agreed as agreed_now
from .models import OPEN, Outcome, RunState
from .plan import plan_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def comparisons(request: HttpRequest) -> HttpResponse:
    actor = _official(request)
    page, lines = selectors.overview(actor, request.GET.get("page", "1"))
    shown = {
        "page": page,
        "lines": lines,
        "is_authority": actor.holds(Post.AUTHORITY),
        "may_declare": policy.may_declare(actor),
    }
    return render(request, "comparison/comparisons.html", shown)


@require_safe
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    actor = _official(request)
    one = selectors.comparison_for(actor, slug)
    plan = plan_of(one.plan)
    may_run = policy.may_run(actor, one)
    running = selectors.open_run(one)
    is_agreed = agreed_now(one)
    shown = {
        "one": one,
        "plan": plan,
        "wanted": [Outcome(name).label for name in plan.wanted],
        "sides": selectors.sides(one),
        "runs": selectors.runs_of(one, request.GET.get("page", "1")),
        "running": running,
        "is_agreed": is_agreed,
        "may_run": may_run and is_agreed and running is None,
        "seen_by": [_post_words(post) for post in one.seen_by],
    }
    return render(request, "comparison/comparison.html", shown)


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    made = ask_run(slug=slug, by=actor_of(request))
    return redirect("comparison:run", made.pk)


@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    actor = _official(request)
    found = selectors.run_for(actor, run_id)
    outcomes = selectors.outcomes_of(found)
    may_see = policy.may_see_persons(actor, found.comparison)
    outcome = request.GET.get("outcome", "")
    shown: dict[str, Any] = {
        "run": found,
        "outcomes": outcomes,
        "may_see_persons": may_see,
        "may_stop": found.state in OPEN and policy.may_run(actor, found.comparison),
        "may_repeat": found.state == RunState.DONE and policy.may_run(actor, found.comparison),
        "is_open": found.state in OPEN,
    }
    if outcome:
        page, persons = selectors.persons_of(actor, found, outcome, request.GET.get("page", "1"))
        told = next(one for one in outcomes if one.outcome == outcome)
        shown |= {
            "chosen": told,
            "page": page,
            "persons": persons,
            "answered_within": CORRECTION.days,
            "may_hand": outcome in HANDED and found.comparison.right_request_id is not None,
        }
    return render(request, "comparison/run.html", shown)


@require_POST
def stop(request: HttpRequest, run_id: int) -> HttpResponse:
    actions.stop(run_id=run_id, by=actor_of(request))
    return redirect("comparison:run", run_id)


@require_POST
def repeat(request: HttpRequest, run_id: int) -> HttpResponse:
    actor = actor_of(request)
    before = selectors.run_for(actor, run_id)
    made = ask_run(slug=before.comparison.slug, by=actor, repeats=before.pk)
    return redirect("comparison:run", made.pk)


@require_POST
def hand(request: HttpRequest, run_id: int, outcome: str) -> HttpResponse:
    chosen = [int(key) for key in request.POST.getlist("result") if key.isdecimal()]
    is_all = request.POST.get("which") == "all"
    hand_over(
        run_id=run_id, outcome=outcome, results=None if is_all else chosen, by=actor_of(request)
    )
    return redirect(f"{_run_address(run_id)}?outcome={outcome}")


@require_safe
def file(
    request: HttpRequest, run_id: int, outcome: str, kind: str
) -> HttpResponse | StreamingHttpResponse:
    actor = _official(request)
    found = selectors.run_for(actor, run_id)
    name = f"{found.code}-{outcome}.{kind}"
    answer: HttpResponse | StreamingHttpResponse
    if kind == "csv":
        rows = export.csv_of(run=found, outcome=outcome, by=actor)
        answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    elif kind == "xlsx":
        told = export.xlsx_of(run=found, outcome=outcome, by=actor)
        answer = HttpResponse(told, content_type=XLSX)
    else:
        raise NotFound
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _run_address(run_id: int) -> str:
    from django.urls import reverse

    return reverse("comparison:run", args=[run_id])


def _post_words(post: str) -> str:
    from .forms import POSTS

    return dict(POSTS).get(post, post)


def _official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    return actor
