"""交材料, once for all members: by camera, file, or a tick on a former one."""

from django.http import HttpRequest, HttpResponse
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
from diebian.scenes.services.actions.handing import last_day
from diebian.scenes.services.paper_verbs import done, material_in, verbs_of
from diebian.scenes.services.refusals import FilesTooMany, MayNotFollow, PromiseDayWrong
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import Actor, actor_of

from . import actions, policy, selectors
from .looking import frame_of, look_at
from .papers import is_open, wanted_of
from .places import is_filled

AT_THE_PAPER = (FilesTooMany, MayNotFollow, NotAgreed, PaperRefused, PromiseDayWrong)
VERBS = verbs_of(
    hand_in=actions.hand_in,
    hand_in_again=actions.hand_in_again,
    take_out=actions.take_out,
    promise=actions.promise,
)


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """Each paper has a form of its own: one that is refused takes nothing of another with it."""
    actor = actor_of(request)
    found = selectors.application_for(actor, number)
    is_draft = found.state == State.DRAFT
    if not is_draft and not found.promises.exists():
        return redirect("services:theme-track", number)
    if is_draft and not is_filled(found):
        return redirect("services:theme-form", number)
    fault: DiebianError | None = None
    if request.method == "POST":
        try:
            done(request, VERBS, {"number": number, "by": actor})
            return redirect("services:theme-papers", number)
        except AT_THE_PAPER as error:  # shown where the file was chosen
            fault = error
    return _page(request, found, actor, fault)


def _page(
    request: HttpRequest, of: Application, actor: Actor, fault: DiebianError | None
) -> HttpResponse:
    look_at(of=of, page="一件事材料页", by=actor)
    wanted = [one for one in wanted_of(of) if is_open(of, one)]
    is_own = policy.is_applicant(actor, of)
    here = {row.paper_id for one in wanted for row in one.files}
    told = frame_of(of, actor) | {
        "is_draft": of.state == State.DRAFT,
        "lines": [
            (
                one,
                offered(of.applicant_key, one.kind).exclude(pk__in=here) if is_own else [],
                last_day(one.later) if one.later else None,
            )
            for one in wanted
        ],
        "missing": [one.wanted.name for one in wanted if one.is_missing],
        "fault": fault,
        "fault_at": material_in(request),
        "accept": ACCEPT,
        "megabytes": MEGABYTES,
    }
    status = fault.status if fault else 200
    return render(request, "services/theme_papers.html", told, status=status)
