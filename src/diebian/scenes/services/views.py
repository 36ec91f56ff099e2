"""Pages of the citizen. Read the request, call one action or selector, answer."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.corrections.public import doubtable
from diebian.base.directory.public import working_calendar
from diebian.base.licences.public import licence_of_case
from diebian.kernel.errors import DiebianError
from diebian.portal.home.public import ways
from diebian.security.identity.public import Actor, actor_of, actor_or_none, party
from diebian.security.tracker.public import reads_in, reads_of
from diebian.standards.mandates import TRUE_WILL
from diebian.standards.masking import masked
from diebian.standards.procedures import HANDED_OVER
from diebian.standards.sharing import CORRECTION

from . import actions, behalf, guides, policy, selectors, shown, true_will
from .applications.selectors import address_of, applications_of, applications_of_others
from .charges.selectors import charges_of
from .clock_words import words_of
from .competence import places_of
from .fees.selectors import fee_of
from .handing.wanted import wanted_of
from .handover.selectors import is_sayable, told_of
from .items.situations import chosen
from .journey import journey_for, journey_of
from .models import Case, Channel, Handover, State
from .question_views import led_on
from .ratings.selectors import panels_for
from .refusals import AnswerMissing, FormInvalid, ItemChanged, PapersMissing
from .tasks.selectors import may_urge_today
from .turning import turned_aside

A_PAGE = 20


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    item = selectors.item(code)
    sent = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    told_guide = guides.guide_of(item, sent)
    version = told_guide.version
    journey = journey_of(version) if version.journey else None
    providers = list(dict.fromkeys(selectors.providers(journey).values())) if journey else []
    decides = item.department.name
    actor = actor_or_none(request)
    told = {
        "item": item,
        "guide": told_guide,
        "rule": selectors.rule_of(item),
        "journey": journey,
        "charges": charges_of(version.facts, sent),
        "is_for_persons": policy.is_for_persons(version.facts),
        "providers": providers,
        "others": [name for name in providers if name != decides],
        "decides_and_answers": decides in providers,
        "is_person": actor is not None and actor.is_person,
        "whom_for": behalf.whom_for(actor, item, version.facts),
        "ways": list(ways),
        "calendar_ends": selectors.promised_if_begun_today(item),
    }
    return render(request, "services/guide.html", told)


@require_safe
def versions(request: HttpRequest, code: str) -> HttpResponse:
    item = selectors.item(code)
    told = {"item": item, "versions": guides.versions_of(item)}
    return render(request, "services/versions.html", told)


@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    item = selectors.item(code)
    found = guides.version_of(item, number)
    told = {"item": item, "version": found, "lines": guides.lines_of_version(found)}
    return render(request, "services/version.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """开始申请: only the button reads anybody's data; an old link leads back to the guide."""
    if request.method != "POST":
        return redirect("services:guide", code)
    actor = actor_of(request)
    case = actions.open_case(item_code=code, giver=request.POST.get("giver", ""), by=actor)
    sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if chosen(case.version.facts, sent):  # answered on the guide already
        case = actions.answer_questions(case_no=case.case_no, sent=sent, by=actor)
    return led_on(case, actor)


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, case_no: str) -> HttpResponse:
    actor = actor_of(request)
    case = selectors.draft_for(actor, case_no)
    if aside := turned_aside(case):
        return aside
    _looked(case, "申请填写页", actor)
    if request.method != "POST":
        return render(request, "services/form.html", _form_page(case, actor, case.form, {}))
    sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if "keep" in sent:
        actions.keep_draft(case_no=case_no, sent=sent, by=actor)
        return redirect("services:mine")
    try:
        actions.fill_form(case_no=case_no, sent=sent, by=actor)
    except FormInvalid as error:  # shown at the fields, with the input kept
        told = _form_page(case, actor, sent, error.fields)
        return render(request, "services/form.html", told, status=error.status)
    return redirect("services:papers" if journey_for(case).demanded else "services:check", case_no)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, case_no: str) -> HttpResponse:
    """核对答案: the last page before it counts."""
    actor = actor_of(request)
    if request.method == "POST":
        return _handed_in(request, case_no, actor)
    case = selectors.draft_for(actor, case_no)
    if aside := turned_aside(case):
        return aside
    if case.stated_at is None:
        return redirect("services:form", case_no)
    _looked(case, "申请核对页", actor)
    journey = journey_for(case)
    told = {
        "case": case,
        "standing": behalf.standing_in(actor, case),
        "asks_true_will": true_will.is_missing(case, actor),
        "may_say_true_will": policy.may_say_true_will(actor, case),
        "true_will_law": TRUE_WILL,
        "journey": journey,
        "lines": shown.filled_lines(case, journey, selectors.providers(journey)),
        "materials": shown.spared_lines(case, journey, selectors.providers(journey)),
        "papers": wanted_of(case, journey),
        "questions": shown.question_lines(case),
        "answers": shown.answer_lines(case),
        "doubts": shown.doubts_of(case),
        "promised": selectors.promised_if_begun_today(case.version.facts),
    }
    return render(request, "services/check.html", told)


def _handed_in(request: HttpRequest, case_no: str, actor: Actor) -> HttpResponse:
    """An old applicant's true will is said with her own submission, or before that of another. What
    stands in the way leads to the page on which it is put right.
    """
    if "true_will" in request.POST:
        actions.say_true_will(case_no=case_no, by=actor)
    if "only_say" in request.POST:
        return redirect("services:check", case_no)
    try:
        actions.submit_case(case_no=case_no, by=actor)
    except ItemChanged:
        return redirect("services:renew", case_no)
    except PapersMissing:
        return redirect("services:papers", case_no)
    return redirect("services:track", case_no)


@require_safe
def track(request: HttpRequest, case_no: str) -> HttpResponse:
    return track_page(request, case_no)


def track_page(
    request: HttpRequest, case_no: str, fault: DiebianError | None = None, **told_back: Any
) -> HttpResponse:
    """`told_back`: what another form of the page sent, and what was wrong with it."""
    actor = actor_of(request)
    case = selectors.case_for(actor, case_no)
    if case.state == State.DRAFT:
        return redirect("services:form", case_no)
    _looked(case, "办件进度页", actor)
    calendar = working_calendar()
    told, rule = selectors.clock_of(case, calendar), selectors.rule_of(case.version.facts)
    page = {
        "case": case,
        "clock": told,
        "rule": rule,
        "words_of_clock": words_of(told, rule),
        "events": shown.event_lines(case),
        "days": selectors.days_of(told, calendar),
        "licence": licence_of_case(case_no),
        "reads": reads_in(case_no=case_no),
        "is_mine": policy.is_applicant(actor, case),
        "may_act": policy.acts_for(actor, case),
        "standing": behalf.standing_in(actor, case),
        "is_open": selectors.is_open(case),
        "may_urge": may_urge_today(case),
        "panels": panels_for(actor, case),
        "answers": shown.answer_lines(case),
        "papers": (papers := wanted_of(case, journey_for(case))),
        "fee": fee_of(case),
        "handout": (handout := getattr(case, "handout", None)),
        "handover_ways": Handover.Way.choices,
        "handover_law": HANDED_OVER,
        "handover": told_of(case),
        "may_say_how": is_sayable(case, handout) and policy.acts_for(actor, case),
        "may_hand": any(one.is_open for one in papers) and policy.may_fill(actor, case),
        "fault": fault,
        **told_back,
    }
    wrong = fault or told_back.get("handover_fault")
    return render(request, "services/track.html", page, status=wrong.status if wrong else 200)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    cases = Paginator(selectors.cases_of(actor), A_PAGE)
    told = {
        "applications": applications_of(actor),
        "cases": cases.get_page(request.GET.get("page")),
        "themes_of_others": (themes := applications_of_others(actor)),
        "of_others": selectors.cases_of_others(actor, under=themes),
    }
    return render(request, "services/mine.html", told)


@require_safe
def reads(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = request.GET.get("page", "1")
    told = reads_of(person_key=actor.key, page=page) if actor.is_person else None
    slugs = doubtable(line.resource for line in told.lines) if told else {}
    lines = (
        [(line, slugs.get(line.resource), address_of(line.case_no)) for line in told.lines]
        if told
        else []
    )
    return render(request, "services/reads.html", {"told": told, "lines": lines})


@require_POST
def discard(request: HttpRequest, case_no: str) -> HttpResponse:
    actions.discard_draft(case_no=case_no, by=actor_of(request))
    return redirect("services:mine")


@require_POST
def supplement(request: HttpRequest, case_no: str) -> HttpResponse:
    answer = request.POST.get("answer", "")
    try:
        actions.supply_supplement(case_no=case_no, answer=answer, by=actor_of(request))
    except AnswerMissing as fault:
        return track_page(request, case_no, fault)
    return redirect("services:track", case_no)


@require_http_methods(["GET", "HEAD", "POST"])
def doubt(request: HttpRequest, case_no: str) -> HttpResponse:
    """哪里不对: a line that a department gave is doubted; the department checks it."""
    actor = actor_of(request)
    case = selectors.case_for(actor, case_no)
    if request.method == "POST":
        ask, _, label = request.POST.get("line", "").partition("/")
        says = request.POST.get("says", "")
        actions.doubt(case=case, ask=ask, label=label, says=says, by=actor)
        return redirect("corrections:corrections")
    _looked(case, "数据异议页", actor)
    lines = shown.doubtable(case, journey_for(case))
    told = {"case": case, "lines": lines, "answered_within": CORRECTION.days}
    return render(request, "services/doubt.html", told)


@require_POST
def withdraw(request: HttpRequest, case_no: str) -> HttpResponse:
    actions.withdraw(case_no=case_no, by=actor_of(request))
    return redirect("services:track", case_no)


def _looked(case: Case, page: str, actor: Actor) -> None:
    """Before the page is made: whoever is not the applicant is written down."""
    actions.look_at(case=case, page=page, columns=shown.columns_of(case), by=actor)


def _form_page(case: Case, by: Actor, values: dict[str, str], faults: Any) -> dict[str, Any]:
    journey = journey_for(case)
    known, providers = party(case.applicant_key), selectors.providers(journey)
    return {
        "case": case,
        "journey": journey,
        "standing": (standing := behalf.standing_in(by, case)),
        "is_for_other": standing is not None or case.channel == Channel.WINDOW,
        "applicant": known,
        "masked_id": masked(known.id_number),
        "masked_phone": masked(known.phone),
        "lines": shown.filled_lines(case, journey, providers),
        "materials": shown.material_lines(case, journey, providers),
        "questions": shown.question_lines(case),
        "spared": journey.spared,
        "fields": [
            (one, values.get(one.name, ""), faults.get(one.name, [])) for one in journey.fields
        ],
        "places": places_of(case.version.facts),
        "place": values.get("place", case.place),
        "place_faults": faults.get("place", []),
        "statement_faults": faults.get("statement", []),
        "faults": faults,
        "reads": reads_in(case_no=case.case_no),
    }
