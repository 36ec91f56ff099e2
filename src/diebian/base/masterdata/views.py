"""Pages about bases and builds: read the request, call one action or selector, answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.security.identity.public import Actor, Post, Refused, actor_of

from . import actions, policy, selectors
from .asking import ask_build
from .forms import POSTS, FindForm, LeaveForm
from .keeping import kept_line
from .leave import Summed, leaves_of, summed
from .models import OPEN, Base
from .offering import offers_of
from .plan import plan_of
from .weights import total

UNPROCESSABLE = 422


@require_safe
def bases(request: HttpRequest) -> HttpResponse:
    actor = official(request)
    shown = {
        "lines": selectors.overview(actor),
        "is_authority": actor.holds(Post.AUTHORITY),
        "may_declare": policy.may_open_declaring(actor),
    }
    return render(request, "masterdata/bases.html", shown)


@require_safe
def base(request: HttpRequest, slug: str) -> HttpResponse:
    return base_page(request, slug)


def base_page(
    request: HttpRequest, slug: str, *, leave_form: LeaveForm | None = None
) -> HttpResponse:
    """`leave_form`: with what is wrong in it."""
    actor = official(request)
    found = selectors.base_for(actor, slug)
    version = selectors.version_of(found)
    plan = plan_of(version.plan)
    tables = selectors.tables_of(plan)
    now = selectors.build_now(found)
    leaves, identifier = leaves_of(found, plan, tables), plan.column(plan.identifier).title
    sums = summed(leaves.values())
    may_see = policy.may_see_records(actor, found, plan.seen_by)
    shown = {
        "base": found,
        "plan": plan,
        "version": version,
        "columns": selectors.columns_of(plan, tables),
        "sources": selectors.sources_of(plan, tables, now, leaves),
        "leaves": sums,
        "leave_form": leave_form or _leave_form(actor, found, sums),
        "kept": kept_line(found, plan),
        "offers": offers_of(found),
        "may_offer": policy.may_offer(actor, found),
        "fields": selectors.fields_of(plan, now),
        "thresholds": (total(plan.upper), total(plan.lower)),
        "identifier": identifier,
        "seen_by": [POSTS[post] for post in plan.seen_by],
        "now": now,
        "conflicts": selectors.conflicts_of(now) if now else [],
        "running": selectors.open_build(found),
        "builds": selectors.builds_of(found, request.GET.get("page", "1")),
        "asked": selectors.pairs_of(found, "1").paginator.count,
        "may_build": policy.may_build(actor, found),
        "may_alter": policy.is_keeper(actor, found),
        "may_see_records": may_see,
        "form": FindForm(called=identifier) if may_see and now else None,
    }
    status = UNPROCESSABLE if leave_form else 200
    return render(request, "masterdata/base.html", shown, status=status)


def _leave_form(actor: Actor, base: Base, leaves: Summed) -> LeaveForm | None:
    return LeaveForm() if leaves.is_to_be_asked and policy.may_ask_leave(actor, base) else None


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    made = ask_build(slug=slug, by=actor_of(request))
    return redirect("masterdata:build", made.pk)


@require_safe
def build(request: HttpRequest, build_id: int) -> HttpResponse:
    actor = official(request)
    found = selectors.build_for(actor, build_id)
    plan = plan_of(found.version.plan)
    shown = {
        "build": found,
        "is_open": found.state in OPEN,
        "is_read": found.base.built == found.number,
        "sources": selectors.sources_of(plan, selectors.tables_of(plan), found),
        "conflicts": selectors.conflicts_of(found),
        "may_stop": found.state in OPEN and policy.may_build(actor, found.base),
    }
    return render(request, "masterdata/build.html", shown)


@require_POST
def stop(request: HttpRequest, build_id: int) -> HttpResponse:
    actions.stop(build_id=build_id, by=actor_of(request))
    return redirect("masterdata:build", build_id)


def official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    return actor
