"""The page of themes for everybody: which there are. The guide of one is where one applies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import listing
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
