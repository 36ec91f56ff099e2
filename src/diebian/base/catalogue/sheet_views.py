"""Pages for whole workbooks of entries: up, down, and the empty one to start from."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.kernel import clock
from diebian.security.identity.public import Refused, actor_of

from . import policy, uploading
from .forms import AssessmentForm
from .models import SheetUpload
from .planned import Fate
from .refusals import AssessmentMissing, ChangedSince, ReasonMissing, SheetUnreadable, TitleTaken
from .sheets.columns import MOST_BYTES, MOST_ENTRIES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPROCESSABLE, LONGEST_REASON = 422, 300
AT_THE_FORM = (AssessmentMissing, ChangedSince, ReasonMissing, TitleTaken)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_draft(actor):
        raise Refused
    if request.method != "POST":
        return _form_page(request, "")
    sent = request.FILES.get("sheet")
    if not isinstance(sent, UploadedFile):
        return _form_page(request, "请先选一个 .xlsx 文件")
    try:
        # One byte more than is allowed is enough to know that it is too much.
        content, name = sent.read(MOST_BYTES + 1), sent.name or ""
        made = uploading.receive_sheet(content=content, name=name, by=actor)
    except SheetUnreadable as error:  # shown at the field
        return _form_page(request, error.detail or error.title)
    return redirect("catalogue:sheet-upload", made.public_id)


@require_safe
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_draft(actor):
        raise Refused
    return _upload_page(request, uploading.upload_for(actor, upload_id), "")


@require_POST
def take(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    form = AssessmentForm(request.POST)
    form.full_clean()
    why = request.POST.get("why", "")[:LONGEST_REASON]
    try:
        uploading.take_right(upload_id=upload_id, why=why, **form.cleaned_data, by=actor)
    except AT_THE_FORM as error:  # shown there, with what was read
        return _upload_page(request, uploading.upload_for(actor, upload_id), error.told, why)
    return redirect("catalogue:sheet-upload", upload_id)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    content = uploading.workbook_for(actor_of(request))
    return _file(content, f"catalogue-{clock.today():%Y%m%d}.xlsx")


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    if not policy.may_draft(actor_of(request)):
        raise Refused
    from .sheets.writing import workbook_of  # slow to load: not for every process

    return _file(workbook_of([]), "catalogue-template.xlsx")


def _upload_page(
    request: HttpRequest, found: SheetUpload, wrong: str, why: str = ""
) -> HttpResponse:
    told = uploading.shown_of(found)
    shown = {
        "upload": found,
        "told": [(fate, lines) for fate, lines in told.items()],
        "is_proposing": Fate.PROPOSED in told,
        "assessment": AssessmentForm(),
        "wrong": wrong,
        "why": why,
    }
    status = UNPROCESSABLE if wrong else 200
    return render(request, "catalogue/upload.html", shown, status=status)


def _form_page(request: HttpRequest, wrong: str) -> HttpResponse:
    shown = {"wrong": wrong, "most": MOST_ENTRIES, "megabytes": MOST_BYTES // 1024**2}
    status = UNPROCESSABLE if wrong else 200
    return render(request, "catalogue/sheet.html", shown, status=status)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
