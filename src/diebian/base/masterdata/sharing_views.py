"""Pages on which departments are asked for their leave, and a base is offered to others."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from diebian.base.catalogue.public import mountable_title, resources_of
from diebian.base.exchange.public import months_on
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import actor_of

from . import selectors
from .asking_leave import ask_leave
from .forms import LeaveForm, OfferForm
from .offering import mount_base
from .views import base_page, official

UNPROCESSABLE = 422


@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return base_page(request, slug, leave_form=form)
    until = months_on(clock.today(), form.cleaned_data["months"])
    ask_leave(slug=slug, valid_to=until, by=actor_of(request))
    return redirect("masterdata:base", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def mount(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """As an interface."""
    return _mount(request, entry_id, as_table=False)


@require_http_methods(["GET", "HEAD", "POST"])
def mount_table(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    return _mount(request, entry_id, as_table=True)


def _mount(request: HttpRequest, entry_id: UUID, *, as_table: bool) -> HttpResponse:
    actor = official(request)
    title = mountable_title(actor, entry_id)
    bases = selectors.kept_by(actor)
    initial = {"title": title, **_mounted(request, entry_id)}
    form = OfferForm(request.POST if request.method == "POST" else None, bases=bases,
                     initial=initial)  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            mount_base(slug=told["base"], entry_id=entry_id, resource=told["slug"],
                       title=told["title"], as_table=as_table, by=actor)  # fmt: skip
            return redirect("exchange:resource", told["slug"])
        except DiebianError as error:  # shown on the form, with the input kept
            form.add_error(None, error.on_form)
    shown = {"form": form, "title": title, "entry_id": entry_id, "bases": bases,
             "as_table": as_table}  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "masterdata/mount.html", shown, status=status)


def _mounted(request: HttpRequest, entry_id: UUID) -> dict[str, Any]:
    """As it is mounted, where somebody alters it."""
    slug = request.GET.get("slug", "")
    known = next((one for one in resources_of(entry_id) if one.slug == slug), None)
    if known is None or "base" not in known.contract:
        return {}
    return {"slug": known.slug, "title": known.title, "base": known.contract["base"]}
