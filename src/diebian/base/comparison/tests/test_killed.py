"""kill -9 of a real process around a commit: executed again, each person is there exactly once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from diebian.base.comparison.actions import start
from diebian.base.comparison.finding import digest
from diebian.base.comparison.jobs import go_on
from diebian.base.comparison.models import Run, RunState
from diebian.security.identity.public import PLATFORM, actor_by_username, register_person
from diebian.security.tracker.public import count_reads

from .people import (
    ALL,
    ANNA,
    BORIS,
    CARLA,
    DORA,
    EMIL,
    SLUG,
    SUN,
    asker,
    ready,
    told_of,
)

KILLED = """
import os, signal, sys, django
django.setup()
from diebian.base.comparison.running import execute
left = int(sys.argv[3])
def point(name):
    global left
    if name == sys.argv[2]:
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
execute(int(sys.argv[1]), point=point, chunk=2)
"""


def killed_at(run_id: int, point: str, time: int, data: Path) -> None:
    told = connection.get_connection_params()
    words = {name: told[name] for name in ("user", "password", "host", "port") if told.get(name)}
    query = "&".join(f"{name}={value}" for name, value in words.items())
    url = f"postgresql:///{connection.settings_dict['NAME']}?{query}"
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", KILLED, str(run_id), point, str(time)],
        env={**os.environ, "DATABASE_URL": url, "DIEBIAN_DATA": str(data),
             "DJANGO_SETTINGS_MODULE": "diebian.assembly.settings",
             "DIEBIAN_SECRET_KEY": settings.SECRET_KEY},
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def test_killed_before_and_after_a_commit(lake_place: Path) -> None:
    """Three chunks: killed with the second written and not committed, then just committed."""
    register_person(username="anna", password="样例-2026-长", name="样例", id_number=ANNA,
                    phone="13800000000", is_sample=True, by=PLATFORM)  # fmt: skip
    ready(ALL)
    again = start(slug=SLUG, by=asker())
    killed_at(again.pk, "written", 2, lake_place)
    broken = Run.objects.get(pk=again.pk)
    assert (broken.state, broken.chunks_done, broken.results.count()) == (RunState.RUNNING, 1, 2)
    killed_at(again.pk, "committed", 1, lake_place)
    broken.refresh_from_db()
    assert (broken.state, broken.chunks_done, broken.results.count()) == (RunState.RUNNING, 2, 4)
    go_on.func(0)  # by timetable, with another size of chunks: it goes on in the run's own
    ended = Run.objects.get(pk=again.pk)
    assert (ended.state, ended.chunks_done) == (RunState.DONE, 3)
    rows = sorted(told_of(ended))
    assert [row[0] for row in rows] == sorted([ANNA, BORIS, CARLA, DORA, EMIL, SUN])
    assert ended.results.count() == len(rows)
    assert ended.digest == digest("", rows)  # as of a run that nothing disturbed
    assert count_reads(person_key=actor_by_username("anna").key) == 1
