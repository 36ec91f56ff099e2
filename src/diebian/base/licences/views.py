from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from diebian.security.identity.public import actor_of

from .actions import as_file
from .picture import document
from .selectors import licence_for


@require_safe
def data(request: HttpRequest, public_id: UUID) -> HttpResponse:
    licence = licence_for(actor_of(request), public_id)
    answer = HttpResponse(as_file(licence), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{public_id}.json"'
    return answer


@require_safe
def pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    licence = licence_for(actor_of(request), public_id)
    return HttpResponse(document(licence), content_type="application/pdf")
