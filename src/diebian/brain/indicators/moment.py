"""One moment: a number and its rows are read from the same state of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import connection, transaction

Told = TypeVar("Told")

_kept: ContextVar[dict[Callable[[], Any], Any] | None] = ContextVar("kept", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read inside stands still (repeatable read), whatever others write meanwhile."""
    is_outermost = not connection.in_atomic_block
    token = _kept.set({})
    try:
        with transaction.atomic():
            if is_outermost:
                with connection.cursor() as cursor:
                    cursor.execute("set transaction isolation level repeatable read, read only")
            yield
    finally:
        _kept.reset(token)


def once(read: Callable[[], Told]) -> Told:
    """`read()`, asked only once in a moment: it could not answer differently the second time."""
    kept = _kept.get()
    if kept is None:
        return read()
    if read not in kept:
        kept[read] = read()
    told: Told = kept[read]
    return told
