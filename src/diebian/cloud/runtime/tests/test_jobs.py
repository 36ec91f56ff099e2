"""A worker that dies leaves no lock behind: its work is taken up again, once."""

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from diebian.cloud.runtime.jobs import take_up, take_up_again

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_a_dead_worker_began_is_begun_again_and_what_waits_already_is_not_doubled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    for queueing_lock in ("one", "other"):
        _deferred(queueing_lock)
        _begun_by_nobody(queueing_lock)
    _deferred("other")
    async_to_sync(take_up)()
    assert _jobs() == [("one", "todo"), ("other", "failed"), ("other", "todo")]


def _deferred(queueing_lock: str) -> None:
    take_up_again.configure(lock=queueing_lock, queueing_lock=queueing_lock).defer(timestamp=0)


def _begun_by_nobody(queueing_lock: str) -> None:
    """As the table says it when the worker's row has gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_jobs set status = 'doing' where queueing_lock = %s",
            [queueing_lock],
        )


def _jobs() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select queueing_lock, status from procrastinate_jobs order by id")
        return list(cursor.fetchall())
