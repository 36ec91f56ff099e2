"""Open data for programs: no token, pages of rows, filters by column, problem+json."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from diebian.base.opening.public import (
    Open,
    open_dataset,
    open_datasets,
    page_of,
    released,
)

WORDS = {"ensure_ascii": False}


@require_safe
def datasets(request: HttpRequest) -> JsonResponse:
    words = request.GET.get("q", "")[:100]
    told = [_brief(request, one) for one in open_datasets(words)]
    return JsonResponse({"count": len(told), "datasets": told}, json_dumps_params=WORDS)


@require_safe
def dataset(request: HttpRequest, dataset_id: UUID) -> JsonResponse:
    one = open_dataset(dataset_id)
    release = one.release
    told = {
        **_brief(request, one),
        "columns": [{**column} for column in release.columns] if release else [],
        "left_out": release.left_out if release else None,
        "files": [
            {
                "format": file.format,
                "bytes": file.size,
                "sm3": file.digest,
                "url": _url(request, "open-data:download", one.id, file.format),
            }
            for file in (release.files.values() if release else ())
        ],
    }
    return JsonResponse(told, json_dumps_params=WORDS)


@require_safe
def rows(request: HttpRequest, dataset_id: UUID) -> JsonResponse:
    one, release = released(dataset_id)
    asked = dict(request.GET.lists())
    page = page_of(release, asked)
    told = {
        "dataset": str(one.id),
        "release": release.number,
        "count": page.matching,
        "offset": page.offset,
        "limit": page.limit,
        "columns": page.columns,
        "rows": page.rows,
        "next": None,
    }
    if page.next_offset is not None:
        pairs = [(name, value) for name, values in asked.items() if name != "offset"
                 for value in values]  # fmt: skip
        query = urlencode([*pairs, ("offset", page.next_offset)])
        told["next"] = f"{_url(request, 'open-data:api-rows', one.id)}?{query}"
    return JsonResponse(told, json_dumps_params=WORDS)


def _brief(request: HttpRequest, one: Open) -> Mapping[str, Any]:
    release = one.release
    return {
        "id": str(one.id),
        "title": one.title,
        "summary": one.summary,
        "provider": one.provider,
        "theme": one.theme,
        "update": one.update_cycle,
        "licence": one.licence.slug,
        "licence_url": one.licence.url,
        "is_sample": one.is_sample,
        "published": one.published_at.isoformat(),
        "modified": release.made_at.isoformat() if release else None,
        "release": release.number if release else None,
        "rows": release.rows if release else None,
        "page": _url(request, "open-data:dataset", one.id),
        "data": _url(request, "open-data:api-rows", one.id),
    }


def _url(request: HttpRequest, name: str, *told: object) -> str:
    return request.build_absolute_uri(reverse(name, args=told))
