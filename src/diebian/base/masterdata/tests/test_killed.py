"""kill -9 of a real process around a commit: what is read is old or new, never half."""

from pathlib import Path

from diebian.base.masterdata.actions import start
from diebian.base.masterdata.jobs import go_on
from diebian.base.masterdata.looking import records_now
from diebian.base.masterdata.models import Base, Build, BuildState, GoldenRecord, UncertainPair
from tests.killed import killed_at

from .sample import EMIL, JOBS, ROWS, built, collected_again, ready, who

WORK = "from diebian.base.masterdata.running import execute; execute({}, point=point, chunk=1)"


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
        killed_at(point, WORK.format(made.pk), data=lake_place, time=time)
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
