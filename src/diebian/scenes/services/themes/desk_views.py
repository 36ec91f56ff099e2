"""Pages of whoever composes a theme, and of whoever publishes it."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.kernel.errors import DiebianError, NotFound
from diebian.scenes.services import refusals
from diebian.security.identity.public import Actor, Refused, actor_of

from . import drafts, guides, listing, policy, writing
from .facts import About, Note
from .lines import lines_of, places_in
from .models import Theme

LONGEST = 300
TITLES = {
    About.QUESTION: "同一个问题，两种问法",
    About.FIELD: "同一个表单项，两种写法",
    About.PAPER: "要用前面办出来的，却不等",
    About.ALIKE: "名字相近，要看是不是同一项",
    About.WAITING: "多等的",
    About.MERGED: "合并了的材料",
}
AT_THE_FORM = (
    refusals.ThemeFaulty, refusals.VersionSame, refusals.VersionUnderWay, refusals.WhyMissing,
)  # fmt: skip
AT_THE_THEME = (refusals.ThemeFaulty, refusals.WhyMissing, refusals.OwnDraft)


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    told = {
        "listing": listing.led_by(actor, request.GET.get("page", "1")),
        "is_all": policy.may_oversee(actor),
    }
    return render(request, "services/themes_desk.html", told)


@require_safe
def report(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    return _report_page(request, actor, _led(actor, code))


@require_safe
def drawing(request: HttpRequest, code: str) -> HttpResponse:
    version = guides.version_in_force(_led(actor_of(request), code))
    if version is None:
        raise NotFound
    answer = HttpResponse(version.drawing, content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}-{version.number}.bpmn"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    theme = _led(actor, code)
    if not policy.may_write(actor, theme):
        raise Refused
    plan, why = drafts.plan_to_write(theme)
    asked = drafts.asked_by_items(plan)
    names = drafts.names_of_items()
    told = {
        "theme": theme,
        "names": names,
        "members": lines_of([{"code": one.code, "after": one.after} for one in plan.places], names),
        "asked": [(slug, *words, plan.wordings.get(slug)) for slug, words in asked.items()],
        "why": why,
    }
    if request.method != "POST":
        return render(request, "services/theme_edit.html", told)
    sent = request.POST
    try:
        writing.write_draft(
            code=code,
            places=places_in(sent.get("members", "")),
            wordings=_wordings(request, asked),
            why=sent.get("why", ""),
            by=actor,
        )
    except AT_THE_FORM as fault:  # shown with the input kept
        told |= {"members": sent.get("members", ""), "why": sent.get("why", "")[:LONGEST]}
        return render(request, "services/theme_edit.html", told | {"fault": fault},
                      status=fault.status)  # fmt: skip
    return redirect("services:theme-report", code)


@require_POST
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    actor = actor_of(request)
    theme = _led(actor, code)
    try:
        _done(verb, code, request, actor)
    except AT_THE_THEME as fault:
        return _report_page(request, actor, theme, fault)
    return redirect("services:theme-report", code)


def _done(verb: str, code: str, request: HttpRequest, by: Actor) -> None:
    if verb == "submit":
        writing.submit_draft(code=code, by=by)
    elif verb == "publish":
        writing.publish_draft(code=code, by=by)
    elif verb == "send-back":
        writing.send_back_draft(code=code, reason=request.POST.get("reason", ""), by=by)
    elif verb == "discard":
        writing.discard_draft(code=code, by=by)
    else:
        raise NotFound


def _wordings(
    request: HttpRequest, asked: Mapping[str, tuple[str, str]]
) -> dict[str, dict[str, str]]:
    """Only what differs from what the items ask."""
    found = {}
    for slug, (question, says) in asked.items():
        own = request.POST.get(f"q-{slug}", question).strip()[:LONGEST] or question
        hint = request.POST.get(f"s-{slug}", says).strip()[:LONGEST]
        if (own, hint) != (question, says):
            found[slug] = {"question": own, "says": hint}
    return found


def _report_page(
    request: HttpRequest, actor: Actor, row: Theme, fault: DiebianError | None = None
) -> HttpResponse:
    version = guides.version_in_force(row)
    told = version.compiled if version else None
    draft = drafts.draft_of(actor, row)
    shown = {
        "theme": row,
        "version": version,
        "told": told,
        "groups": grouped(told.notes if told else ()),
        "draft": draft,
        "draft_groups": grouped(draft.preview.told.notes) if draft and draft.preview.told else [],
        "may_write": policy.may_write(actor, row) and draft is None,
        "fault": fault,
    }
    status = fault.status if fault else 200
    return render(request, "services/theme_report.html", shown, status=status)


def grouped(notes: Sequence[Note]) -> list[tuple[str, list[Note]]]:
    groups = [(title, [one for one in notes if one.about == about])
              for about, title in TITLES.items()]  # fmt: skip
    return [(title, found) for title, found in groups if found]


def _led(actor: Actor, code: str) -> Theme:
    row = guides.theme(code)
    if not policy.may_see_report(actor, row):
        raise NotFound
    return row
