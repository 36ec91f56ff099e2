from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from diebian.security.identity.public import actor_of

from .actions import looked_at
from .forms import CheckForm
from .picture import document
from .selectors import checked
from .sheets import sheet_of
from .verification import LicenceWrong


@require_safe
def data(request: HttpRequest, public_id: UUID) -> HttpResponse:
    licence = looked_at(public_id=public_id, by=actor_of(request))
    answer = HttpResponse(sheet_of(licence).file, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{public_id}.json"'
    return answer


@require_safe
def pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    licence = looked_at(public_id=public_id, by=actor_of(request))
    return HttpResponse(document(sheet_of(licence)), content_type="application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """核对证照: anybody may ask whether what they were handed is genuine and still valid."""
    if request.method != "POST":
        return render(request, "licences/check.html", {"form": CheckForm()})
    form = CheckForm(request.POST, request.FILES)
    told: dict[str, object] = {"form": form}
    status = 422
    if form.is_valid():
        try:
            told["found"], status = checked(form.raw, form.cleaned_data["code"]), 200
        except LicenceWrong as error:  # the answer of this page, not a fault of the request
            told["wrong"] = error.detail
    return render(request, "licences/check.html", told, status=status)
