"""Pages of the nodes above the city."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.security.identity.public import Refused, actor_of

from . import actions, policy
from .forms import KeyForm
from .proxied import nodes

UNPROCESSABLE = 422


@require_safe
def upstreams(request: HttpRequest) -> HttpResponse:
    return _page(request, KeyForm())


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


def _page(request: HttpRequest, form: KeyForm, about: str = "") -> HttpResponse:
    """`about`: the node whose key was not right; the others' forms are empty."""
    actor = actor_of(request)
    if not policy.has_desk(actor):
        raise Refused
    told = [(one, form if one.upstream.system == about else KeyForm()) for one in nodes()]
    may = policy.may_keep_upstreams(actor)
    status = UNPROCESSABLE if form.errors else 200
    shown = {"nodes": told, "may_change": may, "calls": sum(one.used for one, _ in told)}
    shown["kinds"] = sum(len(one.interfaces) for one, _ in told)
    return render(request, "exchange/upstreams.html", shown, status=status)
