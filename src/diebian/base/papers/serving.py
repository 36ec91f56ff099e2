"""A paper as an answer to a browser: seen at once where a browser can show it, else saved."""

from urllib.parse import quote

from django.http import HttpResponse

from . import keeping
from .inspecting import MEDIA
from .models import Paper

SHOWN = {MEDIA["PDF"], MEDIA["JPG"], MEDIA["PNG"]}


def answer_with(paper: Paper) -> HttpResponse:
    """Whether the one who asks may see it, the caller has checked and written down."""
    answer = HttpResponse(keeping.read(paper.digest), content_type=paper.media)
    manner = "inline" if paper.media in SHOWN else "attachment"
    name = quote(paper.file_name)
    answer["Content-Disposition"] = f"{manner}; filename*=UTF-8''{name}"
    return answer
