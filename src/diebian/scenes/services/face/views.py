"""办事公开: pages for everybody. Read the request, call one selector, answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import selectors

LONGEST_WORDS = 50


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    words, sort = request.GET.get("q", "")[:LONGEST_WORDS], _sort(request)
    told = {"front": selectors.front(words, sort), "q": words, **_sorting(sort)}
    return render(request, "services/face.html", told)


@require_safe
def department(request: HttpRequest, department: str) -> HttpResponse:
    sort = _sort(request)
    told = {"told": selectors.department(department, sort), **_sorting(sort)}
    return render(request, "services/face_department.html", told)


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "services/face_item.html", {"told": selectors.one_item(code)})


def _sort(request: HttpRequest) -> str:
    told = request.GET.get("sort", "")
    return told if told in selectors.SORTS else "decided"


def _sorting(sort: str) -> dict[str, object]:
    return {"sort": sort, "sorts": selectors.SORTS}
