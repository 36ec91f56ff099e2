"""交接单: handed over at the window, confirmed one by one where it is decided."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Refused, actor_of

from . import papers, policy, selectors
from .refusals import ConfirmedBefore


@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: HttpRequest) -> HttpResponse:
    """交接单: handing over at the window, confirming at the department."""
    actor = actor_of(request)
    if not policy.may_see_sheets(actor):
        raise Refused
    if request.method == "POST":
        made = papers.hand_over(department=request.POST.get("department", ""), by=actor)
        return redirect("services:sheet", made.public_id)
    page = {
        "pending": selectors.pending(actor),
        "handed": selectors.sheets_handed(actor),
        "to_confirm": selectors.sheets_to_confirm(actor),
        "missing": selectors.missing(actor),
        "parcels": selectors.parcels(actor),
        "is_clerk": policy.may_work(actor),
    }
    return render(request, "services/sheets.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    fault: DiebianError | None = None
    if request.method == "POST":
        arrived = [int(one) for one in request.POST.getlist("arrived") if one.isdecimal()]
        note = request.POST.get("note", "")
        try:
            papers.confirm(public_id=public_id, arrived=arrived, note=note, by=actor)
        except ConfirmedBefore as error:
            fault = error
        else:
            return redirect("services:sheet", public_id)
    found = selectors.sheet_for(actor, public_id)
    page = {
        "sheet": found,
        "papers": found.papers.select_related("case__item").order_by("pk"),
        "may_confirm": policy.may_confirm(actor, found) and found.confirmed_at is None,
        "fault": fault,
    }
    return render(request, "services/sheet.html", page, status=fault.status if fault else 200)
