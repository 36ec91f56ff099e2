"""Pages for everybody: nobody signs in, nothing is noted of who looks."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase, HttpResponseNotModified
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from diebian.base.opening import public as opening
from diebian.kernel.errors import NotFound
from diebian.standards.opening import ANSWER, SMALLEST_GROUP

from .downloads import Download
from .listing import listing
from .plots import drawn
from .telling import citation, column_lines, known_columns


@require_safe
def datasets(request: HttpRequest) -> HttpResponse:
    return render(
        request, "open_data/datasets.html", {"listing": listing(request.GET), "days": ANSWER.days}
    )


@require_safe
def dataset(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    one = opening.open_dataset(dataset_id, whole=True)
    shown = {
        "one": one,
        "k": SMALLEST_GROUP.k,
        "known": known_columns(one),
        "columns": column_lines(one),
        "plots": [drawn(plot) for plot in one.release.plots] if one.release else [],
        "quality": opening.quality_of(one.collection),
        "downloads": opening.downloads_of(dataset_id),
        "citation": citation(one, request.build_absolute_uri(request.path)),
    }
    return render(request, "open_data/dataset.html", shown)


@require_safe
def download(request: HttpRequest, dataset_id: UUID, form: str) -> HttpResponseBase:
    one, release = opening.released(dataset_id)
    file = release.files.get(form)
    if file is None:
        raise NotFound
    etag = f'"{file.digest}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    if request.method == "HEAD":
        answer: HttpResponseBase = HttpResponse(content_type=opening.MEDIA[form])
    else:
        sent = Download(opening.place_of(file.digest), dataset_id)
        opening.count_download(dataset_id, form)
        answer = StreamingHttpResponse(sent, content_type=opening.MEDIA[form])
    answer["Content-Length"] = str(file.size)
    answer["ETag"] = etag
    name = f"{one.title}-{release.made_at:%Y%m%d}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
