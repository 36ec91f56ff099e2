"""收费标准: for everybody by item and as one list; for its department, to be written anew."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from diebian.kernel.errors import DiebianError, NotFound
from diebian.scenes.services import refusals
from diebian.scenes.services.items import actions, desk, policy
from diebian.scenes.services.items.facts import ItemFacts
from diebian.scenes.services.items.models import UNDER_WAY, ServiceItem, State
from diebian.security.identity.public import Actor, Refused, actor_of

from . import selectors
from .forms import ChargesForm

UNPROCESSABLE, LONGEST = 422, 300
AT_THE_FORM = (refusals.VersionFaulty, refusals.VersionSame, refusals.WhyMissing)


@require_safe
def charges(request: HttpRequest, code: str) -> HttpResponse:
    found = ServiceItem.objects.select_related("department").filter(code=code).first()
    if found is None:
        raise NotFound
    sent = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    told = {
        "item": found,
        "told": selectors.charges_in_force(found, sent),
        "history": selectors.history_of(found),
    }
    return render(request, "services/charges.html", told)


@require_safe
def all_charges(request: HttpRequest) -> HttpResponse:
    return render(request, "services/charges_all.html", {"priced": list(selectors.all_charges())})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """What is written here becomes the draft of the item, and goes the way of every version."""
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    item = desk.item_for(actor, code)
    facts, why = desk.written_facts(item)
    if request.method != "POST":
        return _page(request, actor, item, facts, ChargesForm(facts), why)
    if not policy.may_write(actor, item):
        raise Refused
    form, why = ChargesForm(facts, request.POST), request.POST.get("why", "")
    if not form.is_valid():
        return _page(request, actor, item, facts, form, why, is_wrong=True)
    written = replace(facts, charging=form.charging(), fee=form.fee)
    try:
        actions.write_version(item_code=code, facts=written, why=why, by=actor)
    except AT_THE_FORM as fault:  # shown with the input kept
        return _page(request, actor, item, facts, form, why, fault=fault)
    return redirect("services:item-desk", code)


def _page(
    request: HttpRequest,
    actor: Actor,
    item: ServiceItem,
    facts: ItemFacts,
    form: ChargesForm,
    why: str,
    *,
    is_wrong: bool = False,
    fault: DiebianError | None = None,
) -> HttpResponse:
    under_way = item.versions.filter(state__in=UNDER_WAY).first()
    is_free = under_way is None or under_way.state == State.DRAFT
    told = {
        "item": item,
        "told": selectors.charges_in_force(item, {}),
        "history": selectors.history_of(item),
        "under_way": under_way,
        "form": form if policy.may_write(actor, item) and is_free else None,
        "situations": facts.situations,
        "why": why[:LONGEST],
        "is_wrong": is_wrong,
        "fault": fault,
    }
    status = UNPROCESSABLE if is_wrong else fault.status if fault else 200
    return render(request, "services/charges_desk.html", told, status=status)
