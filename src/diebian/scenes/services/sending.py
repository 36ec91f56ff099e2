"""What a form with papers sends, read: days, keys of papers."""

from datetime import date
from uuid import UUID

from diebian.base.papers.public import NotAgreed


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
