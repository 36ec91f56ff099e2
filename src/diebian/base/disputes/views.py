"""Pages: read the request, call one action or selector, answer."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, actor_of
from diebian.standards.dues import Due

from . import actions, policy, selectors
from .dues import due_of
from .forms import DecisionForm, GroundsForm
from .levels import Bench, bench_between
from .matters import disputables
from .models import UNSETTLED, Dispute, Outcome, State

UNPROCESSABLE = 422
VERBS: Mapping[str, Callable[..., Dispute]] = {
    "say": actions.say,
    "give-way": actions.give_way,
    "withdraw": actions.withdraw,
    "refer": actions.refer,
    "pass-on": actions.pass_on,
    "object": actions.object_to,
}


@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    told = selectors.desk(actor_of(request), request.GET.get("page", "1"))
    return render(request, "disputes/disputes.html", {"told": told})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str, about: str) -> HttpResponse:
    actor, matter = actor_of(request), disputables.get(kind)
    found = matter.find(about, actor)
    form = GroundsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        grounds = form.cleaned_data["text"]
        made = actions.open_dispute(kind=kind, about=about, grounds=grounds, by=actor)
        return redirect("disputes:dispute", made.public_id)
    bench = bench_between(found.asking, found.provider)
    shown = {"matter": found, "kind": matter, "form": form, "bench": bench}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "disputes/new.html", shown, status=status)


@require_safe
def dispute(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    return _page(request, actor_of(request), dispute_id, DecisionForm())


@require_POST
def act(request: HttpRequest, dispute_id: UUID, verb: str) -> HttpResponse:
    actor, text = actor_of(request), request.POST.get("text", "")
    if verb in VERBS:
        VERBS[verb](dispute_id=dispute_id, text=text, by=actor)
    elif verb == "advise":
        outcome = request.POST.get("outcome", "")
        actions.advise(dispute_id=dispute_id, outcome=outcome, text=text, by=actor)
    elif verb == "accept":
        actions.accept(dispute_id=dispute_id, by=actor)
    else:
        raise NotFound
    return redirect("disputes:dispute", dispute_id)


@require_POST
def decide(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    actor, form = actor_of(request), DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, dispute_id, form)
    actions.record_decision(dispute_id=dispute_id, **form.cleaned_data, by=actor)
    return redirect("disputes:dispute", dispute_id)


def _page(request: HttpRequest, actor: Actor, dispute_id: UUID, form: DecisionForm) -> HttpResponse:
    found = selectors.dispute_for(actor, dispute_id)
    due = due_of(found)
    shown = {
        "one": found,
        "kind": disputables.get(found.kind),
        "due": due,
        "bench": Bench(found.bench, found.is_common),
        "timeline": selectors.timeline(found),
        "may": _open_acts(actor, found, due),
        "form": form,
        "outcomes": Outcome.choices,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "disputes/dispute.html", shown, status=status)


def _open_acts(actor: Actor, one: Dispute, due: Due | None) -> dict[str, bool]:
    """What this reader can do next; the actions decide again."""
    is_asker, yields = policy.is_asker(actor, one), policy.may_give_way(actor, one)
    talks, coordinated = one.state == State.TALKING, one.state == State.COORDINATED
    coordinates = one.state == State.COORDINATION and policy.may_coordinate(actor, one)
    return {
        "say": one.state in UNSETTLED and policy.may_speak(actor, one),
        "withdraw": one.state in UNSETTLED and is_asker,
        "refer": talks and is_asker and actions.may_refer_now(one, due),
        "wait": talks and is_asker,
        "give_way": one.state in actions.YIELDING and yields,
        "advise": coordinates,
        "accept": coordinated and policy.may_accept(actor, one),
        "object": coordinated and policy.may_object(actor, one),
        "record": one.state == State.GOVERNMENT and policy.may_record(actor, one),
    }
