"""What a form with files sends."""

from collections.abc import Iterator

from django.http import HttpRequest

from .inspecting import MOST_BYTES
from .refusals import PaperMissing


def files_in(request: HttpRequest) -> Iterator[tuple[str, bytes]]:
    """Name and content of each, chosen or photographed. Raises `PaperMissing` for none."""
    sent = [*request.FILES.getlist("file"), *request.FILES.getlist("photo")]
    if not sent:
        raise PaperMissing
    for one in sent:
        # One byte more than is allowed is enough to know that it is too much.
        yield one.name or "", one.read(MOST_BYTES + 1)
