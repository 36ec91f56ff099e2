"""What a form with files sends, read: days, keys of papers, the files themselves."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.http import HttpRequest

from diebian.base.papers.public import MOST_BYTES, NotAgreed, PaperMissing


def files_in(request: HttpRequest) -> Iterator[tuple[str, bytes]]:
    """Name and content of each, chosen or photographed. Raises `PaperMissing` for none."""
    sent = [*request.FILES.getlist("file"), *request.FILES.getlist("photo")]
    if not sent:
        raise PaperMissing
    for one in sent:
        # One byte more than is allowed is enough to know that it is too much.
        yield one.name or "", one.read(MOST_BYTES + 1)


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def uuid_in(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotAgreed from error


def number_in(text: str) -> int:
    """Nought for what is none: nothing has that key."""
    return int(text) if text.isascii() and text.isdigit() else 0
