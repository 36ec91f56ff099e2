"""Pages of a theme: its guide for everybody, its report for whoever leads it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Refused, actor_of

from . import guides, listing, policy
from .facts import About
from .models import Kind, Theme

LONGEST = 100
TITLES = {
    About.QUESTION: "同一个问题，两种问法",
    About.FIELD: "同一个表单项，两种写法",
    About.PAPER: "要用前面办出来的，却不等",
    About.ALIKE: "名字相近，要看是不是同一项",
    About.WAITING: "多等的",
    About.MERGED: "合并了的材料",
}


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
    return render(request, "services/theme.html", {"guide": guide, "theme": guide.theme})


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    told = {
        "listing": listing.led_by(actor, request.GET.get("page", "1")),
        "is_all": policy.may_oversee(actor),
    }
    return render(request, "services/themes_desk.html", told)


@require_safe
def report(request: HttpRequest, code: str) -> HttpResponse:
    row = _led(actor_of(request), code)
    version = guides.version_in_force(row)
    told = version.compiled if version else None
    notes = told.notes if told else ()
    groups = [(title, [one for one in notes if one.about == about])
              for about, title in TITLES.items()]  # fmt: skip
    shown = {
        "theme": row,
        "version": version,
        "told": told,
        "groups": [(title, found) for title, found in groups if found],
    }
    return render(request, "services/theme_report.html", shown)


@require_safe
def drawing(request: HttpRequest, code: str) -> HttpResponse:
    version = guides.version_in_force(_led(actor_of(request), code))
    if version is None:
        raise NotFound
    answer = HttpResponse(version.drawing, content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}-{version.number}.bpmn"'
    return answer


def _led(actor: Actor, code: str) -> Theme:
    row = guides.theme(code)
    if not policy.may_see_report(actor, row):
        raise NotFound
    return row
