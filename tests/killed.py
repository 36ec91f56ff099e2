"""kill -9 of a process of ours at a named point of its work, over the database of the test."""

import atexit
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from uuid import uuid4

from django.conf import settings
from django.db import connection

# One process loads what all of them share and forks each: loading costs more than most of the work.
FORKING = """
import json, os, signal, sys, traceback, django
django.setup()
from pathlib import Path
from django.conf import settings

def run(point, time, work, name, data):
    os.environ["PGAPPNAME"] = name
    settings.DIEBIAN_DATA = Path(data)
    left = time
    def reached(here):
        nonlocal left
        if here == point:
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
    exec(work, {"point": reached})

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            run(**json.loads(line))
        except BaseException:
            traceback.print_exc()
        os._exit(0)
    print(os.waitpid(child, 0)[1], flush=True)
"""

LONGEST_MILLISECONDS = 10_000
GONE = "select pg_terminate_backend(pid, %s) from pg_stat_activity where application_name = %s"


@dataclass(frozen=True)
class Forking:
    process: subprocess.Popen[str]
    errors: IO[str]

    def status(self, **told: object) -> int:
        """As `waitpid` gives it, of a process that did what was told."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(told) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> None:
        with self.process:
            assert self.process.stdin is not None
            self.process.stdin.close()
        self.errors.close()


def killed_at(point: str, work: str, *, data: Path, time: int = 1) -> None:
    """`work` is a program that hands `point` on; it ends where that is reached so many times."""
    name, forking = f"killed-{uuid4().hex}", _forking()
    ended = forking.status(point=point, time=time, work=work, name=name, data=str(data))
    assert os.waitstatus_to_exitcode(ended) == -signal.SIGKILL, _told(forking.errors)
    with connection.cursor() as cursor:  # the server may notice late; it keeps its locks until then
        cursor.execute(GONE, [LONGEST_MILLISECONDS, name])


@cache
def _forking() -> Forking:
    """One for each worker of the tests: its database is the same for all of them."""
    errors = TemporaryFile("w+")  # noqa: SIM115  as long as the process
    process = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-c", FORKING],
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "DIEBIAN_SECRET_KEY": settings.SECRET_KEY,
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )
    forking = Forking(process, errors)
    atexit.register(forking.end)
    return forking


def _told(errors: IO[str]) -> str:
    errors.seek(0)
    return errors.read()


def database_url() -> str:
    """Of the test's own database, for another process."""
    told = connection.get_connection_params()
    names = ("user", "password", "host", "port")
    words = "&".join(f"{name}={told[name]}" for name in names if told.get(name))
    return f"postgresql:///{told['dbname']}?{words}"
