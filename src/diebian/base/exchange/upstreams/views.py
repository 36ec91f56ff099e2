"""Pages of the nodes above the city."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from diebian.base.exchange import policy
from diebian.base.exchange.officials import official_with_desk
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Refused, actor_of

from . import actions
from .forms import AddressForm, KeyForm, UpstreamForm
from .refusals import UpstreamKnown
from .selectors import node, nodes

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def upstreams(request: HttpRequest) -> HttpResponse:
    """The nodes, and making another one known."""
    if request.method != "POST":
        return _page(request, KeyForm())
    actor = actor_of(request)
    if not policy.may_keep_upstreams(actor):
        raise Refused
    form = UpstreamForm(request.POST)
    if form.is_valid():
        try:
            actions.register_upstream(**form.cleaned_data, by=actor)
        except UpstreamKnown as error:  # shown on the form, with the input kept
            form.add_error("system", error.title)
        else:
            return redirect("exchange:upstreams")
    return _page(request, KeyForm(), new=form)


@require_POST
def change_key(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_keep_upstreams(actor):
        raise Refused
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, form, slug)
    actions.change_key(system=slug, **form.cleaned_data, by=actor)
    return redirect("exchange:upstreams")


@require_http_methods(["GET", "HEAD", "POST"])
def change_address(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_keep_upstreams(actor):
        raise Refused
    found = node(slug)
    form = AddressForm(
        request.POST if request.method == "POST" else None,
        initial={"instead_of": found.upstream.address},
        key_id=found.upstream.key_id,
        credentials=found.credentials,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_address(system=slug, **form.facts(), by=actor)
        except DiebianError as error:  # shown on the form; the secret is not repeated
            form.add_error(None, error.on_form)
        else:
            return redirect("exchange:upstreams")
    shown = {"one": found, "form": form, "past": found.upstream.addresses.order_by("-pk")}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "exchange/upstreams/upstream_address.html", shown, status=status)


def _page(
    request: HttpRequest, form: KeyForm, about: str = "", new: UpstreamForm | None = None
) -> HttpResponse:
    """`about`: the node whose key was not right; the others' forms are empty. `new`: a node that
    was not right.
    """
    actor = official_with_desk(request)
    told = [(one, form if one.upstream.system == about else KeyForm()) for one in nodes()]
    may = policy.may_keep_upstreams(actor)
    status = UNPROCESSABLE if form.errors or new else 200
    shown = {"nodes": told, "may_change": may, "calls": sum(one.used for one, _ in told)}
    shown["kinds"] = sum(len(one.interfaces) for one, _ in told)
    shown["new"] = new or UpstreamForm()
    return render(request, "exchange/upstreams/upstreams.html", shown, status=status)
