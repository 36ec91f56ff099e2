"""Other real processes over the test's database: forked, so that none has to start from nothing."""

import os
import signal
from collections.abc import Callable

from django.db import connection, connections

GONE = """select pg_terminate_backend(pid, 10000) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()"""


def forked(work: Callable[[], None]) -> int:
    """Its process id. Nobody shares a connection: each makes its own when it needs one."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    finally:
        connections.close_all()
        os._exit(code)


def killed(work: Callable[[Callable[[str], None]], None], at: str) -> None:
    """`work` is handed a function that ends the process, as kill -9 does, where it is told `at`."""

    def point(name: str) -> None:
        if name == at:
            os.kill(os.getpid(), signal.SIGKILL)

    _, status = os.waitpid(forked(lambda: work(point)), 0)
    assert os.WIFSIGNALED(status), at
    with connection.cursor() as cursor:  # the server may notice late; it keeps its locks until then
        cursor.execute(GONE)


def all_of(works: list[Callable[[], None]]) -> None:
    """At once; each must end well."""
    for pid in [forked(one) for one in works]:
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
