"""Builds over a real lake: who is one, which value survives and why, what stays the same."""

import pytest

from diebian.base.masterdata.actions import stop
from diebian.base.masterdata.deciding import decide, revoke
from diebian.base.masterdata.looking import record_now, records_now
from diebian.base.masterdata.models import (
    Base,
    Build,
    BuildState,
    GoldenRecord,
    Turn,
    TurnKind,
    UncertainPair,
)
from diebian.base.masterdata.plan import plan_of
from diebian.base.masterdata.timeline import timeline
from diebian.base.masterdata.weights import explained

from .sample import (
    ANNA,
    BORIS,
    CARLA,
    DORA,
    EMIL,
    HOUSES,
    INSURED,
    JOBS,
    PLAN,
    ROWS,
    built,
    collected_again,
    declared,
    pair,
    ready,
    who,
)

pytestmark = pytest.mark.usefixtures("lake_place")


def by_name(base: Base) -> dict[str, GoldenRecord]:
    return {str(one.values["name"]): one for one in records_now(base)}


def test_a_build_tells_who_is_one_which_value_survives_and_where_it_stands() -> None:
    base = ready()
    first = built()
    assert (first.state, first.sentence) == (BuildState.DONE, "")
    base.refresh_from_db()
    found = by_name(base)
    assert set(found) == {"周晚晴", "陆云起", "李那", "买买提艾力", "王五", "孙丽"}
    anna = found["周晚晴"]
    assert anna.identifier == ANNA
    # H1 has no number: name, day of birth and phone say who it is.
    assert [one[1] for one in anna.members] == ["1", ANNA, "H1"]
    assert anna.values["phone"] == "13800000001"
    assert anna.chosen["phone"] == [2, "H1"]  # newest: the house of May
    assert found["陆云起"].identifier == BORIS  # 15 places and 18 are one
    assert (found["王五"].identifier, found["王五"].values["id_number"]) == ("", None)
    carla = found["李那"]
    assert carla.chosen["name"] == [1, CARLA]  # trust: the insurance before the register
    assert carla.said["name"] == [["0", "3", "李娜"], ["1", CARLA, "李那"]]
    assert first.counts["sources"][JOBS] == {"rows": 4, "without": 1, "unusable": 1}
    assert first.counts["conflicts"]["name"] == {"entities": 1, "lost": {JOBS: 1}}
    # Three have rows with one number in two tables: two names agree, one but for a letter. Others
    # never do; the phones stand in one of the two tables alone.
    estimates = first.counts["estimates"]
    assert estimates["name"]["m"] == [2, 1, 0]
    assert estimates["name"]["u"][0] == 0
    assert estimates["phone"]["m"] == [0, 0, 0]
    # Name the same, the day one off, no phone on one side: between the lines.
    asked = pair()
    assert (asked.left, asked.right) == (f"{HOUSES}:H2", f"#{DORA}")
    words = [str(one) for one in explained(plan_of(PLAN), asked.levels)]
    assert words == [
        "姓名相同 +6.5",
        "出生日期只有年、月、日里的一处不同 +3.0",
        "电话有一边没有 0.0",
    ]


def test_numbers_stay_what_changed_is_told_and_nothing_new_writes_nothing() -> None:
    base = ready()
    built()
    base.refresh_from_db()
    was = {one.identifier: one.number for one in records_now(base)}
    again = built()
    assert (again.counts["written"], again.counts["new"], again.chunks) == (0, 0, 0)
    collected_again(JOBS, [*ROWS[JOBS][:3], ("3", CARLA, "李娜", "13811112222", "2026-06-01"),
                           ("5", EMIL, "赵强", "", "2026-06-02")])  # fmt: skip
    last = built()
    assert last.counts["written"] == 2
    base.refresh_from_db()
    now = {one.identifier: one.number for one in records_now(base)}
    assert {key: now[key] for key in was if key} == {key: was[key] for key in was if key}
    told = timeline(base, was[CARLA], is_plain=True).moments
    assert [one.words for one in told] == ["内容变了", "第一次进库"]
    assert [(one.title, one.was, one.now) for one in told[0].changes] == [
        ("电话", "", "13811112222")
    ]
    gone = Turn.objects.get(kind=TurnKind.ENDED)  # row 4: no source has it any more
    assert gone.number not in now.values()


def test_a_person_decides_it_lasts_until_the_values_change_and_can_be_revoked() -> None:
    base = ready()
    built()
    asked = pair()
    decide(pair_id=asked.pk, digest=asked.digest, verdict="same", reason="电话问过", by=who())
    joined = built()
    base.refresh_from_db()
    assert not UncertainPair.objects.exists()
    dora = by_name(base)["买买提艾力"]
    assert [one[1] for one in dora.members] == [DORA, "H2"]
    assert (joined.counts["merged"], joined.counts["entities"]) == (1, 6)
    alone = Turn.objects.get(kind=TurnKind.MERGED).number
    assert record_now(base, alone).number == dora.number  # the old number leads on
    # The house says another day by now: what was decided was about other values.
    moved = ("H2", "买买提艾力", "1988-03-14", "", "2026-06-02")
    collected_again(HOUSES, [*ROWS[HOUSES][:2], moved, ROWS[HOUSES][3]])
    built()
    changed = pair()
    assert changed.why == "changed"
    decision = decide(pair_id=changed.pk, digest=changed.digest, verdict="different",
                      reason="不是一个人", by=who())  # fmt: skip
    built()
    assert not UncertainPair.objects.exists()
    split = Turn.objects.filter(kind=TurnKind.SPLIT).get()
    assert split.other == dora.number
    revoke(decision_id=decision.pk, reason="弄错了", by=who())
    built()
    assert pair().why == "between"


def test_two_namesakes_with_numbers_leave_it_to_a_person() -> None:
    twin = "219902199106140037"
    rows = [*ROWS[INSURED], (twin, "周晚晴", "1991-06-14", "20260301")]
    base = ready()
    collected_again(INSURED, rows)
    built()
    assert {one.why for one in UncertainPair.objects.filter(left=f"{HOUSES}:H1")} == {"several"}
    base.refresh_from_db()
    assert len([one for one in records_now(base) if one.values["name"] == "周晚晴"]) == 3


def test_stopped_it_leaves_what_was_read_and_altered_it_says_by_which_version() -> None:
    base = ready()
    built()
    base.refresh_from_db()
    before = list(records_now(base).order_by("number").values_list("number", "digest"))
    collected_again(JOBS, [*ROWS[JOBS][:2], ("5", EMIL, "赵强", "", "2026-06-02")])

    def stopped(point: str) -> None:
        if point == "committed":
            stop(build_id=Build.objects.latest("pk").pk, by=who())

    ended = built(point=stopped, chunk=1)
    assert (ended.state, ended.chunks_done) == (BuildState.STOPPED, 0)
    base.refresh_from_db()
    assert list(records_now(base).order_by("number").values_list("number", "digest")) == before
    assert not GoldenRecord.objects.filter(since=ended.number).exists()
    assert not GoldenRecord.objects.exclude(until=None).exists()
    # Gone on with by another version of the declaration: the build says which.
    believed = {**PLAN["columns"][1], "order": [JOBS, INSURED, HOUSES]}
    declared(columns=[PLAN["columns"][0], believed, *PLAN["columns"][2:]])
    last = built()
    base.refresh_from_db()
    assert (last.state, last.version.number) == (BuildState.DONE, 2)
    assert "周晚晴" in by_name(base)
