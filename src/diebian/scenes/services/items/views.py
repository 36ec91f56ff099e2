"""Pages of whoever writes, agrees to and passes what an item says."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.catalogue.public import SheetUnreadable
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError, NotFound
from diebian.scenes.services import refusals
from diebian.security.identity.public import Actor, Refused, actor_of

from . import actions, desk, importing, policy
from .forms import VersionForm, told_of
from .models import UNDER_WAY, ServiceItem, State
from .told import lines_of, names_in
from .workbook import MOST, MOST_BYTES

UNPROCESSABLE, LONGEST = 422, 300
AT_A_FIELD: dict[type[DiebianError], str | None] = {
    refusals.VersionFaulty: "materials",
    refusals.VersionSame: None,
    refusals.FactFixed: None,
    refusals.WhyMissing: None,
}
AT_THE_ITEM = (
    refusals.HeldAlready, refusals.VersionFaulty, refusals.WhyMissing, refusals.DayPast,
)  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"xlsx": XLSX, "json": "application/json"}


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    actor = _official(request)
    words, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    told = {
        "page": desk.page_of(actor, words, state, request.GET.get("page", "1")),
        "words": words,
        "state": state,
        "states": [one for one in State if one in UNDER_WAY],
        "may_import": policy.may_import(actor),
    }
    return render(request, "services/items.html", told)


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    actor = _official(request)
    return _item_page(request, actor, desk.item_for(actor, code))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = _official(request)
    found = desk.item_for(actor, code)
    if not policy.may_write(actor, found):
        raise Refused
    facts, why = desk.written_facts(found)
    if request.method != "POST":
        initial = told_of(facts, names_in([facts]))
        form = VersionForm(initial=initial, known=desk.known_names())
        return _form_page(request, form, found, why)
    form, why = VersionForm(request.POST, known=desk.known_names()), request.POST.get("why", "")
    if form.is_valid():
        try:
            actions.write_version(item_code=code, facts=form.facts(facts), why=why, by=actor)
        except tuple(AT_A_FIELD) as error:  # shown with the input kept
            form.add_error(AT_A_FIELD[type(error)], error.told)
        else:
            return redirect("services:item-desk", code)
    return _form_page(request, form, found, why)


@require_POST
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    actor = actor_of(request)
    try:
        _done(verb, code, request, actor)
    except AT_THE_ITEM as fault:
        return _item_page(request, actor, desk.item_for(actor, code), fault)
    return redirect("services:item-desk", code)


def _done(verb: str, code: str, request: HttpRequest, by: Actor) -> None:
    if verb == "submit":
        actions.submit_version(item_code=code, by=by)
    elif verb == "approve":
        actions.approve_version(item_code=code, by=by)
    elif verb == "send-back":
        reason = request.POST.get("reason", "")
        actions.send_back_version(item_code=code, reason=reason, by=by)
    elif verb == "pass":
        day = _day(request.POST.get("valid_from", ""))
        actions.pass_version(item_code=code, valid_from=day, by=by)
    elif verb == "discard":
        actions.discard_version(item_code=code, by=by)
    else:
        raise NotFound


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise NotFound
    content = importing.export(actor_of(request), kind)
    answer = HttpResponse(content, content_type=KINDS[kind])
    name = f"items-{clock.today():%Y%m%d}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_import(actor):
        raise Refused
    told: dict[str, object] = {"most": MOST, "megabytes": MOST_BYTES // 1024**2}
    if request.method != "POST":
        return render(request, "services/items_upload.html", told)
    sent = request.FILES.get("sheet")
    if not isinstance(sent, UploadedFile):
        return _upload_page(request, told | {"wrong": "请先选一个 .xlsx 或 .json 文件"})
    try:
        # One byte more than is allowed is enough to know that it is too much.
        taken = importing.take_in_items(content=sent.read(MOST_BYTES + 1), by=actor)
    except SheetUnreadable as error:  # shown at the field
        return _upload_page(request, told | {"wrong": error.detail or error.title})
    return render(request, "services/items_upload.html", told | {"taken": taken})


def _upload_page(request: HttpRequest, told: dict[str, object]) -> HttpResponse:
    return render(request, "services/items_upload.html", told, status=UNPROCESSABLE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise refusals.DayPast("请写成 2027-01-31 这样的日期") from error


def _official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    return actor


def _item_page(
    request: HttpRequest,
    actor: Actor,
    found: ServiceItem,
    fault: DiebianError | None = None,
) -> HttpResponse:
    version = desk.in_force(found)
    facts = version.facts
    told = {
        "item": found,
        "version": version,
        "lines": lines_of(facts, names_in([facts])),
        "draft": desk.draft_of(actor, found),
        "may_write": policy.may_write(actor, found),
        "today": clock.today(),
        "fault": fault,
    }
    status = fault.status if fault else 200
    return render(request, "services/item_desk.html", told, status=status)


def _form_page(
    request: HttpRequest, form: VersionForm, found: ServiceItem, why: str
) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    told = {"form": form, "item": found, "why": why[:LONGEST]}
    return render(request, "services/item_edit.html", told, status=status)
