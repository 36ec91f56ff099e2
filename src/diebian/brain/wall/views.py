"""Pages of those who watch. Ask the policy, call selectors, answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diebian.base.directory.public import city, counties
from diebian.brain.indicators.public import acts, indicators, one_moment
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Refused, actor_of

from . import evidence, policy, selectors
from .counties import areas, elsewhere
from .forms import read_asked


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    by = _watcher(request)
    reading, names = selectors.reading(), counties()
    told = reading.gauges
    chosen = selectors.chosen(told, request.GET.get("figure", "")) if names else None
    place = city()
    drawing = place.map if place else {}
    shown = {
        **_head(by),
        "gauges": told,
        "choices": selectors.mapped(told),
        "chosen": chosen,
        "areas": areas(told, chosen, names=names, drawing=drawing) if chosen else [],
        "elsewhere": elsewhere(chosen, names=names) if chosen else 0,
        "map": drawing,
        "matters": reading.matters,
        "hours": reading.hours,
    }
    return render(request, "wall/wall.html", shown)


@require_safe
@one_moment()
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    by = _watcher(request)
    one, names = indicators.get(slug), counties()
    told = evidence.evidence_of(one, read_asked(request.GET.dict(), counties=names))
    shown = {
        **_head(by),
        "told": told,
        "figure": one,
        "counties": names if one.classes else {},
        "county_name": names.get(told.asked.county, ""),
    }
    return render(request, "wall/figure.html", shown)


@require_safe
def act(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    by = _watcher(request)
    shown = {**_head(by), "act": acts.get(kind).read(number)}
    return render(request, "wall/act.html", shown)


def _watcher(request: HttpRequest) -> Actor:
    by = actor_of(request)
    if not policy.may_watch(by):
        raise Refused
    return by


def _head(by: Actor) -> dict[str, Any]:
    return {"post": policy.post_of(by), "now": clock.now()}
