"""我的材料: what one gave, for which case, where it was used, whether it may be used again."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel import clock
from diebian.security.identity.public import Refused, actor_of

from . import actions, policy, selectors
from .serving import answer_with

A_PAGE = 20
VERBS = {"agree": actions.agree, "take-back": actions.take_back, "remove": actions.remove}


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.has_papers(actor):
        raise Refused
    page = Paginator(selectors.papers_of(actor), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "papers/mine.html", {"papers": page, "today": clock.today()})


@require_safe
def content(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    return answer_with(selectors.own_paper(actor_of(request), paper_id))


@require_POST
def act(request: HttpRequest, paper_id: UUID, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    VERBS[verb](paper_id=paper_id, by=actor_of(request))
    return redirect("papers:mine")
