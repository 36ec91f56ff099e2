"""Pages of the engine for the operator, and of what cannot go on for whoever sees to it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.process.definitions.refusals import NotOneDecision
from diebian.base.process.picture.selectors import picture_of_version
from diebian.base.process.problems import FileRefused
from diebian.base.process.tags import NotXml
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor, actor_of

from . import actions, selectors

LARGEST = 2_000_000  # bytes of a drawing
ARROW = "="


@require_http_methods(["GET", "HEAD", "POST"])
def processes(request: HttpRequest) -> HttpResponse:
    """What is deployed; and a file is deployed, or told what is wrong with it."""
    actor, fault = actor_of(request), None
    words = request.GET.get("q", "").strip()
    if request.method == "POST":
        sent = request.FILES.get("drawing")
        body = sent.read(LARGEST) if sent and sent.size and sent.size <= LARGEST else b""
        try:
            made = actions.deploy_file(file=body, by=actor)
        except (FileRefused, NotOneDecision, NotXml) as error:
            fault = error
        else:
            return redirect("process:process", made.key)
    told = {"lines": selectors.processes(actor, words), "words": words, "fault": fault,
            "problems": getattr(fault, "problems", [])}  # fmt: skip
    status = fault.status if fault else 200
    return render(request, "process/processes.html", told, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def process(request: HttpRequest, key: str) -> HttpResponse:
    """Versions of one drawing; running cases are moved from one to another."""
    actor = actor_of(request)
    versions = selectors.versions_of(actor, key)
    told: dict[str, Any] = {"key": key, "versions": versions, "newest": versions[0]}
    sent = request.POST if request.method == "POST" else request.GET
    numbers = {str(one.number): one for one in versions}
    before, after = numbers.get(sent.get("before", "")), numbers.get(sent.get("after", ""))
    if before and after and before != after:
        told |= {"before": before, "after": after,
                 "difference": selectors.difference(before, after)}  # fmt: skip
    if request.method == "POST" and before and after:
        told |= _moved(key, before.number, after.number, request.POST.dict(), actor)
    told["picture"] = picture_of_version(versions[0])
    fault = told.get("fault")
    return render(request, "process/process.html", told, status=fault.status if fault else 200)


@require_safe
def file(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """As it was deployed."""
    version = selectors.version_of(actor_of(request), key, number)
    answer = HttpResponse(bytes(version.file), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{key}-{number}.bpmn"'
    return answer


@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    told = {"incidents": selectors.incidents(actor_of(request))}
    return render(request, "process/incidents.html", told)


@require_POST
def try_again(request: HttpRequest, incident_id: int) -> HttpResponse:
    actions.try_again(incident=incident_id, by=actor_of(request))
    return redirect("process:incidents")


def _moved(key: str, before: int, after: int, sent: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    reason, lines = str(sent.get("reason", "")), str(sent.get("mapping", ""))
    pairs = [line.partition(ARROW) for line in lines.splitlines() if ARROW in line]
    mapping = {old.strip(): new.strip() for old, _, new in pairs}
    try:
        moved = actions.move_running(
            key=key, before=before, after=after, mapping=mapping, reason=reason, by=by
        )
    except DiebianError as fault:
        return {"fault": fault, "reason": reason, "mapping": lines}
    return {"moved": moved, "reason": reason, "mapping": lines}
