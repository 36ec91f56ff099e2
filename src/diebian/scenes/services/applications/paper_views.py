"""交材料, once for all members: by camera, file, or a tick on a former one."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.base.papers.public import (
    ACCEPT,
    MEGABYTES,
    NotAgreed,
    PaperRefused,
    offered,
)
from diebian.kernel.errors import DiebianError
from diebian.scenes.services.refusals import FilesTooMany
from diebian.scenes.services.sending import day_in, files_in, number_in, uuid_in
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import Actor, actor_of

from . import actions, policy, selectors
from .papers import wanted_of

AT_THE_PAPER = (FilesTooMany, NotAgreed, PaperRefused)


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """Each paper has a form of its own: one that is refused takes nothing of another with it."""
    actor = actor_of(request)
    found = selectors.application_for(actor, number)
    if found.state != State.DRAFT:
        return redirect("services:theme-track", number)
    if found.stated_at is None:
        return redirect("services:theme-form", number)
    fault: DiebianError | None = None
    if request.method == "POST":
        try:
            _taken(request, {"number": number, "by": actor})
            return redirect("services:theme-papers", number)
        except AT_THE_PAPER as error:  # shown where the file was chosen
            fault = error
    return _page(request, found, actor, fault)


def _taken(request: HttpRequest, told: dict[str, Any]) -> None:
    verb = request.POST.get("verb", "")
    if verb not in VERBS:
        raise Http404
    VERBS[verb](request, told)


def _give(request: HttpRequest, told: dict[str, Any]) -> None:
    for name, content in files_in(request):
        actions.hand_in(
            material=request.POST.get("material", ""),
            name=name,
            content=content,
            valid_until=day_in(request.POST.get("valid_until", "")),
            is_agreed="agreed" in request.POST,
            **told,
        )


def _again(request: HttpRequest, told: dict[str, Any]) -> None:
    material = request.POST.get("material", "")
    for one in request.POST.getlist("paper"):
        actions.hand_in_again(material=material, paper_id=uuid_in(one), **told)


def _out(request: HttpRequest, told: dict[str, Any]) -> None:
    actions.take_out(handed=number_in(request.POST.get("handed", "")), **told)


VERBS: dict[str, Callable[[HttpRequest, dict[str, Any]], None]] = {
    "give": _give,
    "again": _again,
    "out": _out,
}


def _page(
    request: HttpRequest, of: Application, actor: Actor, fault: DiebianError | None
) -> HttpResponse:
    wanted = wanted_of(of)
    is_own = policy.is_applicant(actor, of)
    here = {row.paper_id for one in wanted for row in one.files}
    told = {
        "application": of,
        "lines": [
            (one, offered(of.applicant_key, one.kind).exclude(pk__in=here) if is_own else [])
            for one in wanted
        ],
        "missing": [one.wanted.name for one in wanted if not one.files],
        "fault": fault,
        "fault_at": request.POST.get("material", ""),
        "accept": ACCEPT,
        "megabytes": MEGABYTES,
    }
    status = fault.status if fault else 200
    return render(request, "services/theme_papers.html", told, status=status)
