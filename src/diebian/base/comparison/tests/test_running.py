"""Runs over a real lake: what is kept, what each person sees, and that stopping leaves nothing."""

import pytest

from diebian.base.comparison.actions import start, stop
from diebian.base.comparison.models import Result, Run, RunState
from diebian.base.comparison.running import execute
from diebian.base.exchange.public import resume, suspend
from diebian.base.lake.public import collect
from diebian.security.identity.public import (
    PLATFORM,
    Post,
    actor_by_username,
    register_person,
)
from diebian.security.tracker.public import count_reads, reads_of

from .people import (
    ANNA,
    ASKER,
    CARLA,
    EMIL,
    PROVIDER,
    RIGHT,
    RIGHT_ROWS,
    SLUG,
    SUN,
    asker,
    put,
    ready,
    run,
    told_of,
    who,
)

pytestmark = pytest.mark.usefixtures("lake_place")


def test_a_run_lists_what_was_asked_each_matched_person_sees_it_and_it_repeats() -> None:
    keys = {number: _registered(number) for number in (ANNA, EMIL, SUN)}
    ready()
    first = run(chunk=2)
    assert (first.state, first.sentence, first.counts["same"]) == (RunState.DONE, "", 3)
    assert told_of(first) == {(CARLA, "differs", 0b110), (EMIL, "left_only", 0)}
    line = reads_of(person_key=keys[ANNA]).lines[0]
    assert (line.department, line.purpose, line.found) == (ASKER, "样例核对失业人员参保", True)
    assert line.columns == ["姓名", "日期", "类别"]
    assert first.code in line.reader
    assert [one.found for one in reads_of(person_key=keys[EMIL]).lines] == [False]
    assert count_reads(person_key=keys[ANNA]) == 1
    assert reads_of(person_key=keys[SUN]).lines == []  # of them nothing was told to anybody

    put(RIGHT, RIGHT_ROWS[:1] + RIGHT_ROWS[3:])
    collect(RIGHT)
    again = execute(start(slug=SLUG, by=asker(), repeats=first.pk).pk)
    assert (again.counts, again.digest) == (first.counts, first.digest)
    assert again.sentence == "照第 1 次的数据再比对，结果一致"
    now = run()
    assert now.right_snapshot > first.right_snapshot
    assert now.digest != first.digest


def test_stopped_or_without_leave_in_the_middle_it_leaves_no_list() -> None:
    grant = ready().right_request.grant.pk  # type: ignore[union-attr]
    head = who(Post.DATA_HEAD, PROVIDER)

    def stopped(point: str) -> None:
        if point == "committed":
            stop(run_id=Run.objects.get().pk, by=asker())

    def suspended(point: str) -> None:
        if point == "committed":
            suspend(grant_id=grant, reason="样例", by=head)

    ended = run(point=stopped, chunk=2)
    assert (ended.state, ended.digest) == (RunState.STOPPED, "")
    ended = run(point=suspended, chunk=2)
    assert ended.state == RunState.FAILED
    assert "还没有同意，或者授权已经停用" in ended.sentence
    assert not Result.objects.exists()
    resume(grant_id=grant, by=head)
    assert run().results.count() == 2
    for changed, says in (
        ({"right_snapshot": 999_999}, "当时的数据已过保留期"),
        ({"tries": 10}, "断了太多次"),
    ):
        again = start(slug=SLUG, by=asker())
        Run.objects.filter(pk=again.pk).update(**changed)
        ended = execute(again.pk)
        assert ended.state == RunState.FAILED
        assert says in ended.sentence


def _registered(number: str) -> str:
    register_person(username=f"p{number}", password="样例-2026-长", name="样例", id_number=number,
                    phone="13800000000", is_sample=True, by=PLATFORM)  # fmt: skip
    return actor_by_username(f"p{number}").key
