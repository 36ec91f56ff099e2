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
    QuestionsOpen,
)
from diebian.scenes.services.themes.guides import Guide, guide_at, guide_of
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import actor_of, person
from diebian.standards.masking import masked

from . import actions, selectors, shown
from .filling import lines_of, statements_of
from .members import members_of
from .papers import missing_in, wanted_of
from .refusals import ThemeChanged

AT_THE_CHOICE = (QuestionsOpen, ThemeChanged)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """开始申请, with what the guide was answered; an old link leads back to the guide."""
    if request.method != "POST":
        return redirect("services:theme", code)
    members, sent = request.POST.getlist("member"), sent_in(request)
    found = actions.begin(theme_code=code, members=members, sent=sent, by=actor_of(request))
    return redirect("services:theme-form", found.number)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.application_for(actor, number)
    if found.state != State.DRAFT:
        return redirect("services:theme-track", number)
    if request.method != "POST":
        return _choose_page(request, found)
    members, sent = request.POST.getlist("member"), sent_in(request)
    try:
        found = actions.choose(number=number, members=members, sent=sent, by=actor)
    except MemberUnknown as fault:
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
    if request.method != "POST":
        if not _guide(found).is_settled:
            return redirect("services:theme-choose", number)
        return render(request, "services/theme_form.html", _form_page(found, found.values, {}))
    sent = sent_in(request)
    try:
        actions.fill(number=number, sent=sent, by=actor)
    except AT_THE_CHOICE as fault:
        return _choose_page(request, found, fault)
    except FormInvalid as error:  # shown at the lines, with the input kept
        told = _form_page(found, sent, error.fields)
        return render(request, "services/theme_form.html", told, status=error.status)
    return redirect("services:theme-papers" if wanted_of(found) else "services:theme-check", number)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, number: str) -> HttpResponse:
    """核对答案: the last page before it counts."""
    actor = actor_of(request)
    found = selectors.application_for(actor, number)
    if request.method == "POST":
        try:
            actions.submit(number=number, by=actor)
        except AT_THE_CHOICE as fault:
            return _choose_page(request, found, fault)
        return redirect("services:theme-receipt", number)
    if found.state != State.DRAFT:
        return redirect("services:theme-track", number)
    if found.stated_at is None:
        return redirect("services:theme-form", number)
    if missing_in(found):
        return redirect("services:theme-papers", number)
    members = members_of(found)
    lines = lines_of(found.version.compiled, members)
    told = {
        "application": found,
        "guide": _guide(found),
        "lines": [(line, found.values.get(line.own.name, "")) for line in lines],
        "days": _days(found),
        "statements": statements_of(members),
        "papers": wanted_of(found),
    }
    return render(request, "services/theme_check.html", told)


@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """受理回执: one for all, to be printed or kept."""
    found = selectors.application_for(actor_of(request), number)
    if found.received_at is None:
        return redirect("services:theme-form", number)
    told = {"application": found, "days": _days(found), "is_window": found.is_at_window}
    return render(request, "services/theme_receipt.html", told)


@require_POST
def discard(request: HttpRequest, number: str) -> HttpResponse:
    actions.discard(number=number, by=actor_of(request))
    return redirect("services:mine")


def _choose_page(
    request: HttpRequest, of: Application, fault: DiebianError | None = None
) -> HttpResponse:
    newest = guide_of(of.theme, of.answers, of.members)
    told = {"application": of, "guide": newest, "fault": fault}
    status = fault.status if fault else 200
    return render(request, "services/theme_choose.html", told, status=status)


def _form_page(of: Application, values: Mapping[str, str], faults: Any) -> dict[str, Any]:
    known, members = person(of.applicant_key), members_of(of)
    lines = lines_of(of.version.compiled, members)
    return {
        "application": of,
        "guide": _guide(of),
        "applicant": known,
        "masked_id": masked(known.id_number),
        "masked_phone": masked(known.phone),
        "lines": [
            (one, values.get(one.own.name, ""), faults.get(one.own.name, [])) for one in lines
        ],
        "statements": statements_of(members),
        "statement_faults": faults.get("statement", []),
        "faults": faults,
    }


def _guide(of: Application) -> Guide:
    return guide_at(of.version, of.answers, of.members)


def _days(of: Application) -> list[tuple[Any, Any]]:
    days = shown.days_of(of)
    return [(part, days[part.code]) for part in of.version.compiled.parts if part.code in days]


def sent_in(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}
