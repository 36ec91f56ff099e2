"""Pages of whoever applies for a theme, or sits at the window with whoever receives it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.kernel.errors import DiebianError
from diebian.scenes.services.refusals import (
    FormInvalid,
    MemberUnknown,
    PapersMissing,
    QuestionsOpen,
)
from diebian.scenes.services.themes.guides import Guide, guide_at, guide_of
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import Actor, actor_of, party
from diebian.standards.mandates import TRUE_WILL
from diebian.standards.masking import masked

from . import actions, policy, selectors, shown, true_will
from .filling import lines_of, statements_of
from .looking import frame_of, look_at
from .members import members_of
from .papers import missing_in, wanted_of
from .places import as_sent, asked_of, deciding, is_filled
from .refusals import NotAllGiven, ThemeChanged

AT_THE_CHOICE = (QuestionsOpen, ThemeChanged)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """开始申请, with what the guide was answered; an old link leads back to the guide."""
    if request.method != "POST":
        return redirect("services:theme", code)
    found = actions.begin(
        theme_code=code,
        members=request.POST.getlist("member"),
        sent=sent_in(request),
        giver=request.POST.get("giver", ""),
        by=actor_of(request),
    )
    return redirect("services:theme-form", found.number)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.application_for(actor, number)
    if found.state != State.DRAFT:
        return redirect("services:theme-track", number)
    look_at(of=found, page="一件事选事项页", by=actor)
    if request.method != "POST":
        return _choose_page(request, found)
    members, sent = request.POST.getlist("member"), sent_in(request)
    try:
        found = actions.choose(number=number, members=members, sent=sent, by=actor)
    except (MemberUnknown, NotAllGiven) as fault:
        return _choose_page(request, found, fault)
    if _guide(found).is_settled:
        return redirect("services:theme-form", number)
    return _choose_page(request, found, QuestionsOpen())


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.application_for(actor, number)
    if found.state != State.DRAFT:
        return redirect("services:theme-track", number)
    look_at(of=found, page="一件事填写页", by=actor)
    if request.method != "POST":
        if not _guide(found).is_settled:
            return redirect("services:theme-choose", number)
        told = _form_page(found, actor, found.values | as_sent(found), {})
        return render(request, "services/theme_form.html", told)
    sent = sent_in(request)
    try:
        actions.fill(number=number, sent=sent, by=actor)
    except AT_THE_CHOICE as fault:
        return _choose_page(request, found, fault)
    except FormInvalid as error:  # shown at the lines, with the input kept
        told = _form_page(found, actor, sent, error.fields)
        return render(request, "services/theme_form.html", told, status=error.status)
    return redirect("services:theme-papers" if wanted_of(found) else "services:theme-check", number)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, number: str) -> HttpResponse:
    """核对答案: the last page before it counts."""
    actor = actor_of(request)
    found = selectors.application_for(actor, number)
    if request.method == "POST":
        return _handed_in(request, found, actor)
    if found.state != State.DRAFT:
        return redirect("services:theme-track", number)
    if not is_filled(found):
        return redirect("services:theme-form", number)
    if missing_in(found):
        return redirect("services:theme-papers", number)
    look_at(of=found, page="一件事核对页", by=actor)
    members = members_of(found)
    lines = lines_of(found.version.compiled, members)
    told = frame_of(found, actor) | {
        "asks_true_will": true_will.is_missing(found, actor),
        "asking": true_will.asking(found),
        "may_say_true_will": policy.may_say_true_will(actor, found),
        "true_will_law": TRUE_WILL,
        "guide": _guide(found),
        "lines": [(line, found.values.get(line.own.name, "")) for line in lines],
        "days": _days(found),
        "statements": statements_of(members),
        "papers": wanted_of(found),
    }
    return render(request, "services/theme_check.html", told)


def _handed_in(request: HttpRequest, of: Application, actor: Actor) -> HttpResponse:
    """As of a single case: an old applicant's true will is said with her own submission, or before
    that of another.
    """
    number = of.number
    if "true_will" in request.POST:
        actions.say_true_will(number=number, by=actor)
    if "only_say" in request.POST:
        return redirect("services:theme-check", number)
    try:
        actions.submit(number=number, by=actor)
    except AT_THE_CHOICE as fault:
        return _choose_page(request, of, fault)
    except PapersMissing:
        return redirect("services:theme-papers", number)
    return redirect("services:theme-receipt", number)


@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """受理回执: one for all, to be printed or kept."""
    actor = actor_of(request)
    found = selectors.application_for(actor, number)
    if found.received_at is None:
        return redirect("services:theme-form", number)
    look_at(of=found, page="一件事回执", by=actor)
    told = frame_of(found, actor) | {"days": _days(found)}
    return render(request, "services/theme_receipt.html", told)


@require_POST
def discard(request: HttpRequest, number: str) -> HttpResponse:
    actions.discard(number=number, by=actor_of(request))
    return redirect("services:mine")


def _choose_page(
    request: HttpRequest, of: Application, fault: DiebianError | None = None
) -> HttpResponse:
    newest = guide_of(of.theme, of.answers, of.members)
    told = frame_of(of, actor_of(request)) | {"guide": newest, "fault": fault}
    status = fault.status if fault else 200
    return render(request, "services/theme_choose.html", told, status=status)


def _form_page(
    of: Application, by: Actor, values: Mapping[str, str], faults: Any
) -> dict[str, Any]:
    known, members = party(of.applicant_key), members_of(of)
    lines = lines_of(of.version.compiled, members)
    return frame_of(of, by) | {
        "guide": _guide(of),
        "applicant": known,
        "masked_id": masked(known.id_number),
        "masked_phone": masked(known.phone),
        "lines": [
            (one, values.get(one.own.name, ""), faults.get(one.own.name, [])) for one in lines
        ],
        "asking": asked_of(members, values, faults),
        "statements": statements_of(members),
        "statement_faults": faults.get("statement", []),
        "faults": faults,
    }


def _guide(of: Application) -> Guide:
    return guide_at(of.version, of.answers, of.members)


def _days(of: Application) -> list[tuple[Any, Any, Any]]:
    """Each member with its last day and who decides it."""
    days, found = shown.days_of(of), deciding(of)
    parts = [part for part in of.version.compiled.parts if part.code in days]
    return [(part, days[part.code], found[part.code]) for part in parts]


def sent_in(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}
