"""kill -9 of a real process around a commit: executed again, each person is there exactly once."""

from pathlib import Path

from diebian.base.comparison.actions import start
from diebian.base.comparison.finding import digest
from diebian.base.comparison.jobs import go_on
from diebian.base.comparison.models import Run, RunState
from diebian.security.identity.public import PLATFORM, actor_by_username, register_person
from diebian.security.tracker.public import count_reads
from tests.killed import killed_at

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

WORK = "from diebian.base.comparison.running import execute; execute({}, point=point, chunk=2)"


def test_killed_before_and_after_a_commit(lake_place: Path) -> None:
    """Three chunks: killed with the second written and not committed, then just committed."""
    register_person(username="anna", password="样例-2026-长", name="样例", id_number=ANNA,
                    phone="13800000000", is_sample=True, by=PLATFORM)  # fmt: skip
    ready(ALL)
    again = start(slug=SLUG, by=asker())
    killed_at("written", WORK.format(again.pk), data=lake_place, time=2)
    broken = Run.objects.get(pk=again.pk)
    assert (broken.state, broken.chunks_done, broken.results.count()) == (RunState.RUNNING, 1, 2)
    killed_at("committed", WORK.format(again.pk), data=lake_place, time=1)
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
