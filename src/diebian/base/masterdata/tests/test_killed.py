"""kill -9 of a real process around a commit: what is read is old or new, never half."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from diebian.base.masterdata.actions import start
from diebian.base.masterdata.jobs import go_on
from diebian.base.masterdata.looking import records_now
from diebian.base.masterdata.models import Base, Build, BuildState, GoldenRecord, UncertainPair

from .sample import EMIL, JOBS, ROWS, built, collected_again, ready, who

KILLED = """
import os, signal, sys, django
django.setup()
from diebian.base.masterdata.running import execute
left = int(sys.argv[3])
def point(name):
    global left
    if name == sys.argv[2]:
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
execute(int(sys.argv[1]), point=point, chunk=1)
"""


def killed_at(build_id: int, point: str, time: int, data: Path) -> None:
    told = connection.get_connection_params()
    words = {name: told[name] for name in ("user", "password", "host", "port") if told.get(name)}
    query = "&".join(f"{name}={value}" for name, value in words.items())
    url = f"postgresql:///{connection.settings_dict['NAME']}?{query}"
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", KILLED, str(build_id), point, str(time)],
        env={**os.environ, "DATABASE_URL": url, "DIEBIAN_DATA": str(data),
             "DJANGO_SETTINGS_MODULE": "diebian.assembly.settings",
             "DIEBIAN_SECRET_KEY": settings.SECRET_KEY},
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def read_now(base: Base) -> list[tuple[int, str]]:
    base.refresh_from_db()
    return list(records_now(base).order_by("number").values_list("number", "digest"))


def test_killed_between_commits_the_old_is_read_and_gone_on_with_the_new_is_whole(
    lake_place: Path,
) -> None:
    """Three things changed, a chunk each: killed with the second written and not committed, then
    just committed, then with all committed and nothing published.
    """
    base = ready()
    built()
    old = read_now(base)
    pair = UncertainPair.objects.get().pk
    collected_again(JOBS, [*ROWS[JOBS][:2], ("2", "219902870909002", "陆云起", "13811110000",
                    "2026-09-01"), ("5", EMIL, "赵强", "", "2026-06-02")])  # fmt: skip
    made = start(slug="people", by=who())
    for point, time, done in (("written", 2, 1), ("committed", 1, 2), ("committed", 2, 4)):
        killed_at(made.pk, point, time, lake_place)
        broken = Build.objects.get(pk=made.pk)
        assert (broken.state, broken.chunks_done) == (BuildState.RUNNING, done)
        assert read_now(base) == old
    go_on.func(0)  # by timetable, with another size of chunks: it goes on in the build's own
    ended = Build.objects.get(pk=made.pk)
    assert (ended.state, ended.chunks, ended.chunks_done) == (BuildState.DONE, 4, 4)
    new = read_now(base)
    assert len({number for number, _ in new}) == len(new)
    assert UncertainPair.objects.get().pk == pair
    again = built()  # an undisturbed build from the same finds nothing to write
    assert again.counts["written"] == 0
    assert not GoldenRecord.objects.filter(until__gt=again.number).exists()
