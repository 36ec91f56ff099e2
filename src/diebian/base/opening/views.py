"""Pages for officials: read the request, call one action or selector, answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.kernel.errors import DiebianError, NotFound
from diebian.security.identity.public import Actor, Refused, actor_of
from diebian.standards.opening import LICENCES, SMALLEST_GROUP

from . import actions, policy, selectors
from .forms import DatasetForm, facts_in, initial_of, rows_before, rows_from
from .models import Dataset, State

UNPROCESSABLE = 422
LONGEST = 300


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.has_desk(actor):
        raise Refused
    shown = {"told": selectors.desk(actor, request.GET.get("page", "1"))}
    return render(request, "opening/desk.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """`step=check` only counts and shows; anything else proposes."""
    actor = actor_of(request)
    table, entry, lines = selectors.table_for(actor, slug)
    was = Dataset.objects.filter(collection=table.number, state=State.RETURNED).first()
    shown = {"table": table, "entry": entry, "lines": lines, "was": was}
    if request.method != "POST":
        form = DatasetForm(initial=initial_of(entry, was, lines))
        return _page(request, {**shown, "form": form, "rows": rows_before(lines, was)}, 200)
    form, rows = DatasetForm(request.POST), rows_from(lines, request.POST)
    shown |= {"form": form, "rows": rows}
    if not form.is_valid():
        return _page(request, shown, UNPROCESSABLE)
    facts = facts_in(form, rows)
    try:
        if request.POST.get("step") == "check":
            shown["finding"] = actions.try_out(collection=slug, facts=facts, by=actor)
            return _page(request, shown, 200)
        made = actions.propose(collection=slug, facts=facts, by=actor)
    except DiebianError as error:
        form.add_error(None, error.told)
        return _page(request, shown, UNPROCESSABLE)
    return redirect("opening:dataset", made.public_id)


@require_safe
def dataset(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    told = selectors.proposal_for(actor, dataset_id)
    shown = {
        "told": told,
        "one": told.dataset,
        "rule": SMALLEST_GROUP,
        "licence": LICENCES[told.dataset.licence],
        "may": _open_acts(actor, told.dataset),
    }
    return render(request, "opening/dataset.html", shown)


@require_POST
def act(request: HttpRequest, dataset_id: UUID, verb: str) -> HttpResponse:
    actor, reason = actor_of(request), request.POST.get("reason", "")[:LONGEST]
    if verb == "agree":
        actions.agree(dataset_id=dataset_id, by=actor)
    elif verb == "publish":
        actions.publish(dataset_id=dataset_id, by=actor)
    elif verb == "send-back":
        actions.send_back(dataset_id=dataset_id, reason=reason, by=actor)
    elif verb == "withdraw":
        actions.withdraw(dataset_id=dataset_id, reason=reason, by=actor)
    else:
        raise NotFound
    return redirect("opening:dataset", dataset_id)


def _page(request: HttpRequest, shown: dict[str, object], status: int) -> HttpResponse:
    return render(request, "opening/propose.html", shown, status=status)


def _open_acts(actor: Actor, one: Dataset) -> dict[str, bool]:
    """What this reader can do next; the actions decide again."""
    provider = one.entry.provider.credit_code
    agrees = one.state == State.OFFICE_REVIEW and policy.may_agree(actor, provider)
    publishes = one.state == State.SUBMITTED and policy.may_publish(actor)
    return {
        "agree": agrees,
        "publish": publishes,
        "withdraw": one.state == State.PUBLISHED and policy.may_withdraw(actor, provider),
        "propose": one.state == State.RETURNED and policy.may_propose(actor, provider),
    }
