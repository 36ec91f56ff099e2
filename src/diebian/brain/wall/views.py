from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diebian.base.directory.public import city, counties
from diebian.brain.indicators.public import indicators
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post, Refused, actor_of

CLASSES = (1, 5, 20)  # cases in a county; four fixed classes


@dataclass(frozen=True)
class Area:
    code: str
    name: str
    outline: str
    x: float
    y: float
    count: int
    shade: int


def watcher(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not any(actor.holds(post) for post in (Post.DUTY, Post.MAYOR, Post.OPERATOR)):
        raise Refused
    return actor


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    shown = {
        "watcher": watcher(request),
        "figures": [(figure, figure.read()) for figure in indicators],
        "areas": _areas(),
        "map": (city().map if city() else {}),  # type: ignore[union-attr]
        "now": clock.now(),
        "classes": CLASSES,
    }
    return render(request, "wall/wall.html", shown)


@require_safe
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    watcher(request)
    one = indicators.get(slug)
    evidence = one.evidence()
    shown: dict[str, Any] = {"figure": one, "value": one.read(), "evidence": evidence}
    return render(request, "wall/figure.html", shown)


def _areas() -> list[Area]:
    told = city()
    shapes = {area["code"]: area for area in (told.map.get("areas", []) if told else [])}
    counts: dict[str, int] = {}
    for one in indicators:
        if one.by_county is not None:
            counts = one.by_county()
    areas = []
    for code, name in counties().items():
        shape = shapes.get(code, {"d": "", "x": 0, "y": 0})
        count = counts.get(code, 0)
        shade = 1 + sum(count >= limit for limit in CLASSES)
        areas.append(Area(code, name, shape["d"], shape["x"], shape["y"], count, shade))
    return areas
