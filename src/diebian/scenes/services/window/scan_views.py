"""扫描页: one form for each paper, each reached by a digit; the keyboard is enough."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.base.papers.public import MEGABYTES, MOST_PAGES, PAGES, PaperRefused, files_in
from diebian.kernel.errors import DiebianError
from diebian.scenes.services.actions import look_at
from diebian.scenes.services.refusals import FilesTooMany, WrongState
from diebian.security.identity.public import Refused, actor_of

from . import policy, scanning, selectors

AT_THE_PAPER = (FilesTooMany, PaperRefused, WrongState)
SEEN = ("办件编号", "要交的材料")


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, case_no: str) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_work(actor):
        raise Refused
    case = selectors.case_to_scan(actor, case_no)
    look_at(case=case, page="综合窗口扫描页", columns=SEEN, by=actor)
    fault: DiebianError | None = None
    material = request.POST.get("material", "")
    if request.method == "POST":
        try:
            scanning.scan(
                case_no=case_no,
                material=material,
                files=list(files_in(request)),
                is_original_seen="seen" in request.POST,
                by=actor,
            )
            return redirect("services:scan", case_no)
        except AT_THE_PAPER as error:  # shown where the pages were chosen
            fault = error
    told = {
        "case": case,
        "lines": scanning.scannable(case),
        "scanned": case.papers_scanned.select_related("paper"),
        "fault": fault,
        "fault_at": material,
        "accept": PAGES,
        "megabytes": MEGABYTES,
        "most": MOST_PAGES,
    }
    return render(request, "services/scan.html", told, status=fault.status if fault else 200)
