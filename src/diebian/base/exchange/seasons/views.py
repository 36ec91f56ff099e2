"""Pages of a season: those who open and watch it, and whoever stands in line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.exchange import policy
from diebian.base.exchange.officials import official_with_desk
from diebian.security.identity.public import Refused

from . import actions
from .forms import SeasonForm
from .selectors import place_of, seasons_for, state_of, watch

UNPROCESSABLE = 422
LOOK_AGAIN_SECONDS, WATCHED_SECONDS = 15, 5


@require_http_methods(["GET", "HEAD", "POST"])
def seasons(request: HttpRequest) -> HttpResponse:
    actor = official_with_desk(request)
    may = policy.may_keep_seasons(actor)
    if request.method == "POST":
        if not may:
            raise Refused
        form = SeasonForm(request.POST)
        if form.is_valid():
            made = actions.open_season(**form.cleaned_data, by=actor)
            return redirect("exchange:season", made.pk)
    else:
        form = SeasonForm(initial={"resource": request.GET.get("resource", "")})
    rows = [(one, state_of(one)) for one in seasons_for(actor)]
    status = UNPROCESSABLE if form.errors else 200
    shown = {"seasons": rows, "form": form, "may_open": may}
    return render(request, "exchange/seasons/seasons.html", shown, status=status)


@require_safe
def season(request: HttpRequest, season_id: int) -> HttpResponse:
    """Renews itself while the season is on: showing the present is what it is for."""
    actor = official_with_desk(request)
    told = watch(actor, season_id)
    shown = {"told": told, "may_end": policy.may_keep_seasons(actor)}
    shown["again"] = WATCHED_SECONDS if told.state == "on" else 0
    return render(request, "exchange/seasons/season.html", shown)


@require_POST
def end(request: HttpRequest, season_id: int) -> HttpResponse:
    actions.end_season(season_id=season_id, by=official_with_desk(request))
    return redirect("exchange:season", season_id)


@require_safe
def line(request: HttpRequest) -> HttpResponse:
    """For anybody with a ticket: the place, and until when. Nothing of a person stands in it."""
    text = request.GET.get("ticket", "")[:200]
    place = place_of(text) if text else None
    again = LOOK_AGAIN_SECONDS if place and not place.is_turn else 0
    shown = {"place": place, "ticket": text, "again": again}
    return render(request, "exchange/seasons/line.html", shown)
