"""Pages of themes for everybody: which there are, and the guide of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diebian.security.identity.public import actor_or_none

from . import guides, listing
from .models import Kind

LONGEST = 100


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    words, kind = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("kind", "")
    told = {
        "listing": listing.listing(words, kind, request.GET.get("page", "1")),
        "words": words,
        "kind": kind,
        "kinds": list(Kind),
    }
    return render(request, "services/themes.html", told)


@require_safe
def theme(request: HttpRequest, code: str) -> HttpResponse:
    sent = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    guide = guides.guide_of(guides.theme(code), sent, request.GET.getlist("member"))
    actor = actor_or_none(request)
    told = {
        "guide": guide,
        "theme": guide.theme,
        "is_person": actor is not None and actor.is_person,
    }
    return render(request, "services/theme.html", told)
