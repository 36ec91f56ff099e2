"""A step that left something to do says so when it has committed. Nothing is lost without: the jobs
are rows, and each minute they are looked for."""

from collections.abc import Callable

from django.db import connection, transaction

_wakers: list[Callable[[], None]] = []


def on_wake(waker: Callable[[], None]) -> None:
    """The component's jobs put themselves here: this room knows no worker."""
    _wakers.append(waker)


def wake() -> None:
    """Once, however many steps one transaction holds."""
    waiting = {asked[1] for asked in connection.run_on_commit}
    for waker in _wakers:
        if waker not in waiting:
            transaction.on_commit(waker)


def wakers_off() -> None:
    """Where no worker is, as in a bench: jobs wait to be fetched."""
    _wakers.clear()
