"""kill -9 of a process of ours at a named point of its work, over the database of the test."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection

KILLED = """
import os, signal, sys, django
django.setup()
left = int(sys.argv[2])
def point(name):
    global left
    if name == sys.argv[1]:
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
"""

LONGEST_MILLISECONDS = 10_000
GONE = "select pg_terminate_backend(pid, %s) from pg_stat_activity where application_name = %s"


def killed_at(point: str, work: str, *, data: Path, time: int = 1) -> None:
    """`work` is a program that hands `point` on; it ends where that is reached so many times."""
    name = f"killed-{uuid4().hex}"
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", KILLED + work, point, str(time)],
        env={**os.environ, "DATABASE_URL": database_url(), "DIEBIAN_DATA": str(data),
             "DIEBIAN_SECRET_KEY": settings.SECRET_KEY, "PGAPPNAME": name},
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    with connection.cursor() as cursor:  # the server may notice late; it keeps its locks until then
        cursor.execute(GONE, [LONGEST_MILLISECONDS, name])


def database_url() -> str:
    """Of the test's own database, for another process."""
    told = connection.get_connection_params()
    names = ("user", "password", "host", "port")
    words = "&".join(f"{name}={told[name]}" for name in names if told.get(name))
    return f"postgresql:///{told['dbname']}?{words}"
