"""Pages: read the request, call one action or selector, answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.disputes.public import doorway
from diebian.kernel.errors import DiebianError, Invalid, NotFound
from diebian.security.identity.public import actor_of
from diebian.standards.sharing import CORRECTION

from . import actions, policy, selectors
from .disputing import REJECTED
from .doubting import doubted_resource, raise_doubt
from .dues import due_of
from .forms import DoubtForm
from .models import UNSETTLED, State
from .refusals import AlreadyOpen

LONGEST = 500
UNPROCESSABLE = 422


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    told = selectors.desk(actor_of(request), request.GET.get("page", "1"))
    return render(request, "corrections/corrections.html", {"told": told})


@require_safe
def correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.correction_for(actor, correction_id)
    users = selectors.users_told(actor, found)
    if not policy.may_see(actor, found):  # of a department that used it: no value, no words
        return render(request, "corrections/changed.html", {"one": found, "users": users})
    shown = {
        "one": found,
        "users": users,
        "told": found.told.count(),
        "due": due_of(found),
        "limit": CORRECTION,
        "person": selectors.about_whom(found, actor),
        "may_answer": found.state in UNSETTLED and policy.may_answer(actor, found),
        "may_confirm": found.state == State.OPEN,
        "is_person": actor.is_person,
        "doorway": doorway(REJECTED, str(found.public_id), actor),
    }
    return render(request, "corrections/correction.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """数据不对: reached from wherever the value stands; `case` says for which case it was read."""
    actor = actor_of(request)
    found = doubted_resource(slug, actor)
    sent = request.POST if request.method == "POST" else None
    initial = {"case_no": request.GET.get("case", "")[:40]}
    form = DoubtForm(sent, resource=found, is_person=actor.is_person, initial=initial)
    if sent is not None and form.is_valid():
        try:
            made, _ = raise_doubt(resource=slug, doubt=form.doubt(), by=actor)
            return redirect("corrections:correction", made.public_id)
        except (Invalid, AlreadyOpen) as error:  # shown on the form, with the input kept
            _tell(form, error)
    shown = {"form": form, "resource": found, "limit": CORRECTION, "is_person": actor.is_person}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/new.html", shown, status=status)


def _tell(form: DoubtForm, error: DiebianError) -> None:
    for name, faults in error.fields.items():
        for fault in faults:
            form.add_error(name if name in form.fields else None, fault)
    if not error.fields:
        form.add_error(None, error.on_form)


@require_POST
def act(request: HttpRequest, correction_id: UUID, verb: str) -> HttpResponse:
    actor, text = actor_of(request), request.POST.get("text", "")[:LONGEST]
    if verb == "confirm":
        actions.confirm(correction_id=correction_id, by=actor)
    elif verb == "reject":
        actions.reject(correction_id=correction_id, evidence=text, by=actor)
    elif verb == "fix":
        actions.fix(correction_id=correction_id, how=text, by=actor)
    else:
        raise NotFound
    return redirect("corrections:correction", correction_id)
