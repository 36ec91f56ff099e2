"""The page on which a node above gets another address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Refused, actor_of

from . import actions, policy
from .forms import AddressForm
from .proxied import node

UNPROCESSABLE = 422


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
    return render(request, "exchange/upstream_address.html", shown, status=status)
