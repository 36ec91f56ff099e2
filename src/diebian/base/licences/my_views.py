"""我的证照: what is held of the person who looks, and copies for one use."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor, Refused, actor_of

from . import holding
from .copying import copy_for_oneself, copy_opened
from .forms import CopyForm
from .picture import document
from .sheets import sheet_of_copy

UNPROCESSABLE = 422


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    told = {"parties": holding.holdings_of(_person(request))}
    return render(request, "licences/mine.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def held(request: HttpRequest, held_id: int) -> HttpResponse:
    actor = _person(request)
    found = holding.held_for(actor, held_id)
    form = CopyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            copy_for_oneself(held_id=held_id, **form.cleaned_data, by=actor)
            return redirect("licences:held", held_id)
        except DiebianError as error:  # shown on the form, with the input kept
            form.add_error(None, error.on_form)
    told = {
        "card": holding.card_of(found),
        "turns": holding.turns_of(found),
        "copies": holding.copies_of(found),
        "form": form,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "licences/held.html", told, status=status)


@require_safe
def copy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = copy_opened(public_id=public_id, by=actor_of(request))
    return HttpResponse(document(sheet_of_copy(found)), content_type="application/pdf")


def _person(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.is_person:
        raise Refused
    return actor
