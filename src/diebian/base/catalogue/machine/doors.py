"""Addresses for machines that anybody may read. They change nothing and ask nobody who comes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from diebian.base.catalogue.refusals import ActionUnknown, NotOpenToAll, QuestionWrong, ThingUnknown
from diebian.base.directory.public import city
from diebian.kernel.api_docs import document
from diebian.kernel.body import object_in
from diebian.kernel.errors import DiebianError, NotFound

from . import ckan
from .dcat import CONTEXT, catalogue, dataset
from .published import published, told

JSON_LD = "application/ld+json"
LARGEST_PAGE = 10_000
VERSION = "1"  # of our API: a breaking change gets a new one
HELP = "https://docs.ckan.org/en/2.11/api/"
KINDS = {
    ThingUnknown: "Not Found Error",
    QuestionWrong: "Validation Error",
    ActionUnknown: "Bad request",
    NotOpenToAll: "Authorization Error",
}


@require_safe
def dcat_catalogue(request: HttpRequest) -> JsonResponse:
    told_page = request.GET.get("page", "1")
    page = int(told_page) if told_page.isascii() and told_page.isdecimal() and told_page else 0
    if not 1 <= page <= LARGEST_PAGE:
        raise NotFound
    return JsonResponse(catalogue(_base(request), page), content_type=JSON_LD)


@require_safe
def dcat_dataset(request: HttpRequest, entry_id: UUID) -> JsonResponse:
    entry = published().filter(public_id=entry_id).first()
    if entry is None:
        raise NotFound
    [one] = told([entry])
    shown = {"@context": CONTEXT, **dataset(_base(request), one)}
    return JsonResponse(shown, content_type=JSON_LD)


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    own = city()
    title = f"{own.name if own else ''}数据平台接口"
    return JsonResponse(document(title=title, version=VERSION, server=_base(request).rstrip("/")))


@csrf_exempt  # reads only, and clients of CKAN send their questions by POST
@require_http_methods(["GET", "HEAD", "POST"])
def ckan_action(request: HttpRequest, action: str) -> JsonResponse:
    """A refusal is told as CKAN tells it: its clients understand nothing else."""
    asked: Mapping[str, Any] = request.GET.dict()
    try:
        if request.method == "POST":
            asked = {**asked, **object_in(request)}
        result = ckan.answer(action, _without_nul(asked), _base(request))
    except DiebianError as error:
        return _refused(error)
    return JsonResponse({"help": HELP, "success": True, "result": result})


def _without_nul(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """PostgreSQL has no such character: no name of ours holds one."""
    return {
        name: told.replace("\0", "") if isinstance(told, str) else told
        for name, told in asked.items()
    }


def _refused(error: DiebianError) -> JsonResponse:
    told_error: dict[str, Any] = {
        "__type": KINDS.get(type(error), "Bad request"),
        "message": error.detail or error.title,
        **error.fields,
    }
    shown = {"help": HELP, "success": False, "error": told_error}
    return JsonResponse(shown, status=error.status)


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")
