"""Where one can go, and how busy it is there. Open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import selectors


@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    told = [(one, selectors.is_open(one)) for one in selectors.halls()]
    return render(request, "halls/halls.html", {"halls": told})
