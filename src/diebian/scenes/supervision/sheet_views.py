"""Pages of self-assessment: read the request, call one action or selector, answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Refused, actor_of

from . import policy, selectors
from .models import Sheet
from .refusals import FindingMissing, PointsWrong
from .sheets import check_sheet, draw_sample, submit_sheet

Sent = Mapping[str, str]


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.has_desk(actor):
        raise Refused
    told = selectors.sheets(actor, request.GET.get("period", ""))
    return render(request, "supervision/sheets.html", {"told": told})


@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    period = request.POST.get("period", "")
    draw_sample(period=period, count=_whole(request.POST.get("count", "")) or 0,
                by=actor_of(request))  # fmt: skip
    return redirect(f"{reverse('supervision:sheets')}?period={period}")


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Filled by the site while it is open; scored again by the supervisor where it was drawn."""
    actor = actor_of(request)
    if request.method != "POST":
        return _page(request, public_id)
    found = selectors.sheet_for(actor, public_id)
    sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    points = {one.pk: _whole(sent.get(f"points-{one.pk}", "")) for one in found.scores.all()}
    says = {one.pk: sent.get(f"says-{one.pk}", "") for one in found.scores.all()}
    try:
        if found.state == Sheet.State.OPEN:
            submit_sheet(public_id=public_id, points=points, says=says, by=actor)
        else:
            check_sheet(public_id=public_id, points=points, findings=says, by=actor)
    except (FindingMissing, PointsWrong) as fault:
        return _page(request, public_id, fault, sent)
    return redirect("supervision:sheet", public_id)


def _page(
    request: HttpRequest,
    public_id: UUID,
    fault: DiebianError | None = None,
    sent: Sent | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.sheet_for(actor, public_id)
    is_open, is_drawn = found.state == Sheet.State.OPEN, found.state == Sheet.State.SUBMITTED
    told: dict[str, Any] = {
        "sheet": found,
        "line": selectors.sheet_line(found),
        "scores": [
            (one, (sent or {}).get(f"points-{one.pk}", ""), (sent or {}).get(f"says-{one.pk}", ""))
            for one in found.scores.all()
        ],
        "may_fill": is_open and policy.fills(actor, found),
        "may_check": is_drawn and found.is_sampled and policy.supervises(actor),
        "fault": fault,
    }
    status = fault.status if fault else 200
    return render(request, "supervision/sheet.html", told, status=status)


def _whole(told: str) -> int | None:
    """None for what is no number."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= len("999") else None
