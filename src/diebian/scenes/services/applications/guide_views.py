"""The guide of one theme, for everybody; who is signed in begins here, for whom she chooses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diebian.scenes.services.themes import guides
from diebian.security.identity.public import actor_or_none

from . import giving


@require_safe
def theme(request: HttpRequest, code: str) -> HttpResponse:
    sent = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    guide = guides.guide_of(guides.theme(code), sent, request.GET.getlist("member"))
    actor = actor_or_none(request)
    others = giving.whom_for(actor, guide.theme, guide.taken)
    told = {
        "guide": guide,
        "theme": guide.theme,
        "is_person": actor is not None and actor.is_person,
        "whom_for": [one.standing for one in others if not one.lacking],
        "lacking": [one for one in others if one.lacking],
        "is_for_persons": giving.is_for_persons(guide.theme),
        "is_for_companies": giving.is_for_companies(guide.theme),
    }
    return render(request, "services/theme.html", told)
