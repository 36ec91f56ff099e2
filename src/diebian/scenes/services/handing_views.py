"""交材料: each wanted paper with its reason; by camera, file, a tick on a former one, or later."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from diebian.base.papers.public import (
    ACCEPT,
    MEGABYTES,
    NotAgreed,
    PaperRefused,
    answer_with,
    offered,
)
from diebian.kernel.errors import DiebianError, NotFound
from diebian.security.identity.public import Actor, actor_of

from . import actions, policy, selectors
from .actions.handing import last_day
from .handing.wanted import WantedPaper, wanted_of
from .journey import journey_for
from .models import Case, Channel, HandedIn, State
from .paper_verbs import Told, Verbs, done, material_in, verbs_of
from .refusals import FilesTooMany, MayNotFollow, PromiseDayWrong
from .turning import turned_aside
from .window.papers import take_paper

AT_THE_PAPER = (FilesTooMany, MayNotFollow, NotAgreed, PaperRefused, PromiseDayWrong)


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, case_no: str) -> HttpResponse:
    """Each paper has a form of its own: one that is refused takes nothing of another with it."""
    actor = actor_of(request)
    case = selectors.draft_for(actor, case_no)
    if case.state == State.DRAFT and (aside := turned_aside(case)):
        return aside
    fault: DiebianError | None = None
    if request.method == "POST":
        try:
            done(request, VERBS, {"case_no": case_no, "by": actor})
            return redirect("services:papers", case_no)
        except AT_THE_PAPER as error:  # shown where the file was chosen
            fault = error
    return _page(request, case, actor, fault)


@require_safe
def paper(request: HttpRequest, case_no: str, paper_id: UUID) -> HttpResponse:
    """Whoever may see the case may open it; who is not the applicant is written down."""
    actor = actor_of(request)
    case = selectors.case_for(actor, case_no)
    row = HandedIn.objects.select_related("paper").filter(case=case, paper__public_id=paper_id)
    found = row.first()
    if found is None:
        raise NotFound
    one = found.paper
    actions.look_at(case=case, page=f"材料“{one.title}”", columns=[one.title], by=actor)
    return answer_with(one)


def _on_paper(request: HttpRequest, told: Told) -> None:
    """The clerk keeps the original: it travels to the department by a sheet."""
    name = request.POST.get("name", "")
    take_paper(name=name, copies=1, is_original=True, **told)


VERBS: Verbs = {
    **verbs_of(
        hand_in=actions.hand_in,
        hand_in_again=actions.hand_in_again,
        take_out=actions.take_out,
        promise=actions.promise,
    ),
    "on-paper": _on_paper,
}


def _page(
    request: HttpRequest, case: Case, actor: Actor, fault: DiebianError | None
) -> HttpResponse:
    actions.look_at(case=case, page="交材料页", columns=["交的材料"], by=actor)
    wanted = wanted_of(case, journey_for(case))
    told = {
        "case": case,
        "is_draft": case.state == State.DRAFT,
        "is_window": case.channel == Channel.WINDOW,
        "is_clerk": policy.is_receiving_clerk(actor, case),
        "lines": list(_lines(case, wanted, actor)),
        "missing": [one.name for one in wanted if one.is_missing],
        "fault": fault,
        "fault_at": material_in(request),
        "accept": ACCEPT,
        "megabytes": MEGABYTES,
    }
    return render(request, "services/papers.html", told, status=fault.status if fault else 200)


def _lines(case: Case, wanted: list[WantedPaper], actor: Actor) -> Iterator[dict[str, Any]]:
    is_own = policy.is_applicant(actor, case)
    for one in wanted:
        here = {row.paper_id for row in one.files}
        again = [
            paper for paper in offered(case.applicant_key, one.key)
            if is_own and one.is_open and paper.pk not in here
        ]  # fmt: skip
        yield {"one": one, "again": again, "last": last_day(one.later) if one.later else None}
