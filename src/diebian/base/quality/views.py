"""Pages about tables and rules: read the request, call one action or selector, answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel import clock
from diebian.security.identity.public import Post, actor_of

from . import policy, selectors
from .asking import ask_check
from .drawing import trend
from .failing import look_at_rows, masked_rows
from .lineage import picture_of, threads_of
from .models import Run
from .rule_actions import end_rule
from .suggesting import EVERY, suggestions, take_suggestions


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    told = selectors.overview(actor, request.GET.get("page", "1"))
    shown = {"told": told, "is_authority": actor.holds(Post.AUTHORITY)}
    return render(request, "quality/tables.html", shown)


@require_safe
def table(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.table_for(actor, slug)
    runs = selectors.runs_of(found)
    may_declare = policy.may_declare(actor, found.department)
    shown = {
        "table": found,
        "lines": selectors.rule_lines(found),
        "runs": runs,
        "last": runs[0] if runs else None,
        "mark": selectors.mark_of(runs[0] if runs else None),
        "trend": trend([(_day(run), run.score) for run in reversed(runs) if run.score is not None]),
        "may_declare": may_declare,
        "suggestions": suggestions(found) if may_declare else [],
        "every": EVERY,
    }
    return render(request, "quality/table.html", shown)


@require_safe
def lineage(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.table_for(actor_of(request), slug)
    threads = threads_of(found, selectors.rule_lines(found))
    shown = {"table": found, "threads": threads, "picture": picture_of(threads)}
    return render(request, "quality/lineage.html", shown)


@require_safe
def rule(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    found, of = selectors.rule_for(actor, rule_id)
    results = selectors.results_of(found)
    shown = {
        "rule": found,
        "table": of,
        "results": [(one, selectors.percent_of(one)) for one in results],
        "last": results[0] if results else None,
        "rows": masked_rows(found),
        "may_see_keys": policy.may_see_keys(actor, of.department),
        "may_end": found.ended_at is None and policy.may_declare(actor, of.department),
    }
    return render(request, "quality/rule.html", shown)


@require_safe
def rows(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    found, of = selectors.rule_for(actor, rule_id)
    told = look_at_rows(rule=found, table=of, by=actor)
    return render(request, "quality/rows.html", {"rule": found, "table": of, "rows": told})


@require_POST
def suggested(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.table_for(actor, slug)
    take_suggestions(table=found, mark=request.POST.get("mark", ""), by=actor)
    return redirect("quality:table", slug)


@require_POST
def check(request: HttpRequest, slug: str) -> HttpResponse:
    ask_check(table=slug, by=actor_of(request))
    return redirect("quality:table", slug)


@require_POST
def end(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    made = end_rule(rule_id=rule_id, by=actor_of(request))
    return redirect("quality:table", made.collection.slug)


def _day(run: Run) -> str:
    return f"{run.started_at.astimezone(clock.CITY_TIME):%Y-%m-%d %H:%M}"
