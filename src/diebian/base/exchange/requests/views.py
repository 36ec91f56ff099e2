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
from diebian.base.exchange.grants.models import (
    CALLED,
    REFUSED,
    Extension,
    Grant,
    RequestState,
    ShareRequest,
    Standing,
)
from diebian.base.exchange.interfaces.health import faults_of
from diebian.base.exchange.officials import official, official_with_desk
from diebian.base.exchange.upstreams.selectors import proxied_among
from diebian.security.identity.public import Actor, Post, Refused, actor_of
from diebian.standards.sharing import SharingType

from . import actions, selectors, verbs
from .disputing import WITHHELD
from .dues import due_of, reply_by
from .forms import RequestForm
from .request_panels import panels_of_resource, shown_panels
from .selectors import ANSWERABLE

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
        "may": _open_acts(actor, found, grant),
        "is_called": found.mode in CALLED,
        "panels": shown_panels(found.pk, actor),
        "resource_panels": panels_of_resource(found.resource.slug, actor),
        "doorway": doorway(REFUSED, str(found.pk), actor),
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
    is_withheld = found.is_open and len(found.withheld) == len(found.columns)
    is_shared = found.is_open and not is_withheld
    strictest = found.sharing_of([one.column for one in found.columns if not one.is_withheld])
    chosen, masked = (
        set(form[name].value() or ()) if name in form.fields else set()
        for name in ("columns", "masked")
    )
    use = selectors.use_of(found, actor)
    shown = {
        "resource": found,
        "sharing": SharingType(found.sharing).label,
        "form": form,
        "picks": [(one, one.column in chosen) for one in found.columns],
        "masks": [(one, one.column in masked) for one in found.columns if not one.is_withheld],
        "use": use,
        "is_seen": policy.has_desk(actor),
        "may_request": is_shared and policy.may_request(actor),
        "way": mount_ways.get(found.way) if may_mount(actor, found.entry_id) else None,
        "deviations": faults_of([found.slug]) if use.is_all else [],
        "proxied": proxied_among([found]).get(found.slug),
        "resource_panels": panels_of_resource(found.slug, actor),
        "reply_by": reply_by(found.sharing) if is_shared else "",
        "reply_strictest": reply_by(strictest) if is_shared and strictest != found.sharing else "",
        "Standing": Standing,
        "is_withheld": is_withheld,
        "doorway": doorway(WITHHELD, str(found.entry_id), actor) if is_withheld else None,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "exchange/requests/resource.html", shown, status=status)


def _open_acts(actor: Actor, one: ShareRequest, grant: Grant | None) -> dict[str, bool]:
    """What this reader can do next; the actions decide again."""
    answers = policy.may_answer_for_provider(actor, one) and one.state == RequestState.SUBMITTED
    reviews = one.state == RequestState.OFFICE_REVIEW
    stands = grant.standing if grant and policy.may_revoke(actor, grant) else None
    return {
        "approve": reviews and policy.may_approve_for_consumer(actor, one),
        "answer": answers,
        "ask": answers and not one.supplement_wanted,
        "supplement": one.state == RequestState.SUPPLEMENTING and policy.may_supplement(actor, one),
        "provision": one.state == RequestState.AGREED and policy.may_provision(actor),
        "extend": not one.extension
        and one.state in ANSWERABLE
        and policy.may_answer_for_provider(actor, one),
        "answer_extension": one.extension == Extension.ASKED
        and one.state in ANSWERABLE
        and policy.may_answer_extension(actor),
        "dispose": one.state == RequestState.CLOSING and policy.may_dispose(actor, one),
        "renew": one.state == RequestState.ACTIVE and policy.may_renew(actor, one),
        "suspend": stands == Standing.ACTIVE,
        "resume": stands == Standing.SUSPENDED,
        "check": stands == Standing.SUSPENDED and bool(grant and grant.rectified),
        "rectify": grant is not None
        and grant.standing == Standing.SUSPENDED
        and not grant.rectified
        and policy.may_rectify(actor, grant),
        "revoke": stands in {Standing.ACTIVE, Standing.SUSPENDED},
    }
