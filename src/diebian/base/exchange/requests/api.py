"""The same verbs for machines. Refusals become problem+json on their way out."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.catalogue.public import resource
from diebian.base.exchange import policy
from diebian.base.exchange.grants.models import ShareRequest
from diebian.base.exchange.officials import official, official_with_desk
from diebian.kernel.body import as_form, object_in
from diebian.kernel.errors import Invalid
from diebian.security.identity.public import Actor, Refused, actor_of

from . import actions, selectors, verbs
from .dues import Clocks, due_of, read_clocks
from .forms import RequestForm

MOST = 200
LISTS = {"columns", "masked"}  # fields that hold several


@require_safe
def resource_detail(request: HttpRequest, slug: str) -> JsonResponse:
    official(request)
    found = resource(slug)
    columns = [
        {"column": one.column, "name": one.name, "level": one.level, "sharing": one.sharing}
        for one in found.columns
    ]
    told = {"slug": found.slug, "kind": found.kind, "title": found.title}
    told |= {"provider": found.provider_name, "sharing": found.sharing}
    return JsonResponse({**told, "open": found.is_open, "columns": columns})


@require_http_methods(["GET", "POST"])
def requests(request: HttpRequest) -> JsonResponse:
    actor = official_with_desk(request)
    if request.method == "GET":
        clocks = read_clocks()
        rows = selectors.requests_for(actor)[:MOST]
        return JsonResponse({"requests": [_told(one, clocks) for one in rows]})
    made = _made(object_in(request), actor)
    return JsonResponse({"id": made.pk, "state": made.state}, status=201)


@require_safe
def request_detail(request: HttpRequest, request_id: int) -> JsonResponse:
    found = selectors.request_for(actor_of(request), request_id)
    return JsonResponse(_told(found, read_clocks()))


@require_POST
def act_on_request(request: HttpRequest, request_id: int, verb: str) -> JsonResponse:
    actor = actor_of(request)
    verbs.do(verbs.ON_REQUEST, verb, request_id, object_in(request), actor)
    return JsonResponse({"id": request_id, "done": verb}, status=201)


@require_POST
def act_on_grant(request: HttpRequest, grant_id: int, verb: str) -> JsonResponse:
    actor = actor_of(request)
    verbs.do(verbs.ON_GRANT, verb, grant_id, object_in(request), actor)
    return JsonResponse({"id": grant_id, "done": verb}, status=201)


def _made(told: dict[str, object], actor: Actor) -> ShareRequest:
    if not policy.may_request(actor):
        raise Refused
    slug = str(told.get("resource", ""))
    form = RequestForm(as_form(told, lists=LISTS), resource=resource(slug))
    if not form.is_valid():
        raise Invalid(
            fields={
                field: [str(fault) for fault in faults] for field, faults in form.errors.items()
            }
        )
    return actions.request_share(resource=slug, **form.facts(), by=actor)


def _told(one: ShareRequest, clocks: Clocks) -> dict[str, Any]:
    due, grant = due_of(one, clocks), getattr(one, "grant", None)
    return {
        "id": one.pk,
        "resource": one.resource.slug,
        "consumer": one.consumer.name,
        "purpose": one.purpose,
        "legal_basis": one.legal_basis,
        "scene": one.scene,
        "columns": one.columns,
        "tier": one.tier,
        "valid_to": one.valid_to,
        "daily_limit": one.daily_limit,
        "volume": {"most": one.volume, "per": one.volume_per} if one.volume else None,
        "masked": one.masked,
        "region": one.region,
        "mode": one.mode,
        "extension": {"days": one.extension_days, "state": one.extension}
        if one.extension
        else None,
        "state": one.state,
        "due": due.on if due else None,
        "grant": {"id": grant.pk, "standing": grant.standing} if grant else None,
    }
