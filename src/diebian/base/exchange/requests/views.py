"""Pages: read the request, call one action or selector, answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.base.catalogue.public import (
    ResourceLine,
    may_mount,
    mount_ways,
    resource,
)
from diebian.base.disputes.public import doorway, waiting_count
from diebian.base.exchange import policy
from diebian.base.exchange.grants.models import CALLED, REFUSAL, ShareRequest
from diebian.base.exchange.grants.volume import volume_of
from diebian.base.exchange.interfaces.health import faults_of
from diebian.base.exchange.officials import official, official_with_desk
from diebian.base.exchange.upstreams.selectors import proxied_among
from diebian.security.identity.public import Actor, Post, Refused, actor_of
from diebian.standards.sharing import SharingType

from . import actions, selectors, verbs
from .disputing import WITHHELD
from .dues import due_of
from .forms import RequestForm
from .offers import offer_of
from .open_acts import open_acts
from .request_panels import panels_of_resource, shown_panels

UNPROCESSABLE = 422


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    actor = official_with_desk(request)
    told = selectors.inbox(actor, request.GET.get("page", "1"))
    shown = {
        "inbox": told,
        "is_authority": actor.holds(Post.AUTHORITY),
        "disputes": waiting_count(actor),
    }
    return render(request, "exchange/requests/inbox.html", shown)


@require_safe
def resource_page(request: HttpRequest, slug: str) -> HttpResponse:
    actor = official(request)
    found = resource(slug)
    return _resource_page(request, actor, found, RequestForm(resource=found))


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    actor = official(request)
    if not policy.may_request(actor):
        raise Refused
    found = resource(slug)
    form = RequestForm(request.POST, resource=found)
    if not form.is_valid():
        return _resource_page(request, actor, found, form)
    made = actions.request_share(resource=slug, **form.facts(), by=actor)
    return redirect("exchange:request", made.pk)


@require_safe
def request_page(request: HttpRequest, request_id: int) -> HttpResponse:
    actor = official(request)
    found = selectors.request_for(actor, request_id)
    known = {one.column: one for one in resource(found.resource.slug).columns}
    grant = getattr(found, "grant", None)
    shown = {
        "one": found,
        "columns": [(column, known.get(column)) for column in found.columns],
        "due": due_of(found),
        "history": selectors.history_of(found),
        "used_today": selectors.used_today(grant) if grant else None,
        "grant": grant,
        "may": open_acts(actor, found, grant),
        "is_called": found.mode in CALLED,
        "volume": volume_of(found.resource.kind, found.volume, found.volume_per, found.valid_to),
        "panels": shown_panels(found.pk, actor),
        "resource_panels": panels_of_resource(found.resource.slug, actor),
        "doorway": doorway(REFUSAL, str(found.pk), actor),
    }
    return render(request, "exchange/requests/request.html", shown)


@require_POST
def act_on_request(request: HttpRequest, request_id: int, verb: str) -> HttpResponse:
    done = verbs.do(verbs.ON_REQUEST, verb, request_id, request.POST.dict(), actor_of(request))
    return redirect("exchange:request", done.pk if isinstance(done, ShareRequest) else request_id)


@require_POST
def act_on_grant(request: HttpRequest, grant_id: int, verb: str) -> HttpResponse:
    verbs.do(verbs.ON_GRANT, verb, grant_id, request.POST.dict(), actor_of(request))
    return redirect("exchange:request", selectors.request_of_grant(grant_id))


def _resource_page(
    request: HttpRequest, actor: Actor, found: ResourceLine, form: RequestForm
) -> HttpResponse:
    chosen, masked = (
        set(form[name].value() or ()) if name in form.fields else set()
        for name in ("columns", "masked")
    )
    use, offer = selectors.use_of(found, actor), offer_of(found, actor)
    shown = {
        "resource": found,
        "sharing": SharingType(found.sharing).label,
        "form": form,
        "picks": [(one, one.column in chosen) for one in found.columns],
        "masks": [(one, one.column in masked) for one in found.columns if not one.is_withheld],
        "use": use,
        "is_seen": policy.has_desk(actor),
        **vars(offer),
        "way": mount_ways.get(found.way) if may_mount(actor, found.entry_id) else None,
        "deviations": faults_of([found.slug]) if use.is_all else [],
        "proxied": proxied_among([found]).get(found.slug),
        "resource_panels": panels_of_resource(found.slug, actor),
        "doorway": doorway(WITHHELD, str(found.entry_id), actor) if offer.is_withheld else None,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "exchange/requests/resource.html", shown, status=status)
