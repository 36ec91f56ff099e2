"""Pages of ratings: the person's panel, the code of a slip, the desk of bad ones, the summary."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.directory.public import working_calendar
from diebian.kernel.errors import DiebianError
from diebian.scenes.services.rating_models import Invitation, Responsibility, Service
from diebian.security.identity.public import Actor, Refused, actor_of, actor_or_none
from diebian.standards.ratings import Grade

from . import actions, orders, policy, selectors, slips, summary
from .refusals import AnswerIncomplete, CodeUnknown, GradeWrong, HandlerUnknown
from .terms import due_of, tags_of
from .words import look_at_words

Sent = Mapping[str, str]
TO_BE_PUT_RIGHT = (AnswerIncomplete, HandlerUnknown)


@require_POST
def rate(request: HttpRequest, case_no: str) -> HttpResponse:
    actions.rate(
        case_no=case_no,
        service=_service(request),
        grade=_grade(request),
        tags=request.POST.getlist("tag"),
        words=request.POST.get("words", ""),
        by=actor_of(request),
    )
    return redirect(f"{reverse('services:track', args=[case_no])}#rate")


@require_POST
def rate_again(request: HttpRequest, case_no: str) -> HttpResponse:
    actions.rate_again(
        case_no=case_no,
        service=_service(request),
        grade=_grade(request),
        words=request.POST.get("words", ""),
        by=actor_of(request),
    )
    return redirect(f"{reverse('services:track', args=[case_no])}#rate")


@require_safe
def by_code(request: HttpRequest) -> HttpResponse:
    """Where the code of a slip is typed in; the square on the slip leads past this page."""
    code = request.GET.get("code", "")
    if not code:
        return render(request, "services/rate_code.html", {})
    try:
        found = actions.invitation_by(code)
    except CodeUnknown as fault:
        told = {"fault": fault, "code": code}
        return render(request, "services/rate_code.html", told, status=fault.status)
    return redirect("services:rate-slip", found.code)


@require_http_methods(["GET", "HEAD", "POST"])
def rate_slip(request: HttpRequest, code: str) -> HttpResponse:
    invitation = actions.invitation_by(code)
    if request.method == "POST":
        try:
            actions.rate_by_code(
                code=code,
                grade=_grade(request),
                tags=request.POST.getlist("tag"),
                words=request.POST.get("words", ""),
                by=actor_or_none(request),
            )
        except GradeWrong as fault:
            return _slip_page(request, invitation, fault)
        return redirect("services:rate-slip", code)
    return _slip_page(request, invitation)


@require_safe
def slip(request: HttpRequest, case_no: str) -> HttpResponse:
    """For the clerk to print: the square, the code, the address."""
    made = slips.slip_for(case_no=case_no, by=actor_of(request))
    address = request.build_absolute_uri(reverse("services:rate-slip", args=[made.code]))
    told = {
        "invitation": made,
        "code": slips.spelled(made.code),
        "square": slips.square(address),
        "typed_at": request.build_absolute_uri(reverse("services:rate-code")),
    }
    return render(request, "services/rating_slip.html", told)


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.has_desk(actor):
        raise Refused
    told = selectors.desk(actor, request.GET.get("page", "1"))
    return render(request, "services/ratings_desk.html", {"desk": told})


@require_safe
def order(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _order_page(request, public_id)


@require_POST
def act(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    actor = actor_of(request)
    if verb not in VERBS:
        raise Http404
    selectors.order_for(actor, public_id)  # another's does not exist here
    sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    try:
        VERBS[verb](public_id, sent, actor)
    except TO_BE_PUT_RIGHT as fault:  # shown where it was written, with what was written
        return _order_page(request, public_id, fault=fault, sent={**sent, "verb": verb})
    return redirect("services:rating-order", public_id)


@require_POST
def reveal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answered at once and never by an address: it stays in no history."""
    actor = actor_of(request)
    selectors.order_for(actor, public_id)
    contact = orders.reveal_contact(public_id=public_id, by=actor)
    return _order_page(request, public_id, contact=contact)


@require_POST
def words(request: HttpRequest, rating: int) -> HttpResponse:
    is_shown = request.POST.get("shown") == "1"
    look_at_words(rating=rating, is_shown=is_shown, by=actor_of(request))
    return redirect("services:ratings-desk")


@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    told = {"summary": summary.by_department(), "grades": Grade.labels}
    return render(request, "services/ratings.html", told)


@require_safe
def ratings_department(request: HttpRequest, department: str) -> HttpResponse:
    told = {"summary": summary.of_department(department), "grades": Grade.labels}
    return render(request, "services/ratings_department.html", told)


def _order_page(
    request: HttpRequest,
    public_id: UUID,
    *,
    fault: DiebianError | None = None,
    sent: Sent | None = None,
    contact: orders.Contact | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.order_for(actor, public_id)
    told: dict[str, Any] = {
        "order": found,
        "rating": found.rating,
        "invitation": found.rating.invitation,
        "due": due_of(found, working_calendar()),
        "may": selectors.acts_for(actor, found),
        "responsibilities": Responsibility.choices,
        "fault": fault,
        "sent": sent or {},
        "contact": contact,
    }
    status = fault.status if fault else 200
    return render(request, "services/rating_order.html", told, status=status)


def _slip_page(
    request: HttpRequest, invitation: Invitation, fault: DiebianError | None = None
) -> HttpResponse:
    told = {
        "invitation": invitation,
        "rating": getattr(invitation, "rating", None),
        "grades": selectors.grades_of(tags_of(invitation.terms)),
        "fault": fault,
    }
    return render(request, "services/rate_slip.html", told, status=fault.status if fault else 200)


def _assign(public_id: UUID, sent: Sent, by: Actor) -> None:
    orders.assign(public_id=public_id, handler=sent.get("handler", ""), by=by)


def _call(public_id: UUID, sent: Sent, by: Actor) -> None:
    is_reached = sent.get("reached") == "1"
    orders.record_call(public_id=public_id, text=sent.get("text", ""), is_reached=is_reached, by=by)


def _answer(public_id: UUID, sent: Sent, by: Actor) -> None:
    orders.answer(
        public_id=public_id,
        responsibility=sent.get("responsibility", ""),
        fix=sent.get("fix", ""),
        text=sent.get("text", ""),
        by=by,
    )


def _said(action: Callable[..., None]) -> Callable[[UUID, Sent, Actor], None]:
    def act(public_id: UUID, sent: Sent, by: Actor) -> None:
        action(public_id=public_id, text=sent.get("text", ""), by=by)

    return act


VERBS: dict[str, Callable[[UUID, Sent, Actor], None]] = {
    "assign": _assign,
    "call": _call,
    "answer": _answer,
    "contest": _said(orders.contest),
    "void": _said(orders.void),
    "uphold": _said(orders.uphold),
    "send-back": _said(orders.send_back),
    "close": _said(orders.close),
}


def _service(request: HttpRequest) -> Service:
    told = request.POST.get("service", Service.CASE)
    return Service(told) if told in Service.values else Service.CASE


def _grade(request: HttpRequest) -> int:
    """Nought is refused with a sentence, as is what is no number."""
    grade = request.POST.get("grade", "")
    return int(grade) if len(grade) == 1 and grade.isascii() and grade.isdigit() else 0
