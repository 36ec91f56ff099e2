"""What people do with a task besides deciding it: each leaves its line, and says no in words."""

import pytest

from diebian.base.messages.public import unread
from diebian.base.process.running.actions import complete
from diebian.base.process.running.models import Decision, StepLog
from diebian.base.process.running.refusals import ReasonMissing, TaskDone
from diebian.base.process.work.batches import complete_many
from diebian.base.process.work.desk import (
    ask_countersign,
    claim,
    countersign,
    delegate,
    release,
    transfer,
)
from diebian.base.process.work.refusals import (
    HeldBySomebody,
    NoSuchColleague,
    NoSuchDesk,
    NotAsked,
    NotHeld,
    NoWayBack,
    TooMany,
    UrgedToday,
)
from diebian.base.process.work.returning import return_task
from diebian.base.process.work.urging import urge
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import Post, Refused

from .drawn import drawing, end, flows, fork, many, start, user
from .people import THERE, department, do, opened, person, registered, reviewer, tasks

pytestmark = pytest.mark.django_db
TWO = drawing(
    "two", start(), user("a", "好,不好"), user("b"), fork("f"), user("c"), user("d"), fork("j"),
    user("e", inside=many("form.x")), end(),
    flows(("start", "a"), ("a", "b"), ("b", "f"), ("f", "c"), ("f", "d"), ("c", "j"), ("d", "j"),
          ("j", "e"), ("e", "end")),
)  # fmt: skip
MINE, OTHER = reviewer("甲"), reviewer("乙")


def last(case: int) -> dict[str, object]:
    row = StepLog.objects.filter(case_id=case).order_by("-number")[0]
    return {"action": row.action, "by": row.by_name, **row.events[0]}


def test_of_two_who_claim_one_has_it_and_the_other_reads_who() -> None:
    case = opened(TWO)
    task = tasks(case)["a"]
    claim(case=case, task=task, by=MINE)
    claim(case=case, task=task, by=MINE)
    with pytest.raises(HeldBySomebody, match="key-甲"):
        claim(case=case, task=task, by=OTHER)
    with pytest.raises(Refused):
        complete(case=case, task=task, outcome="好", by=OTHER)
    release(case=case, task=task, by=MINE)
    with pytest.raises(NotHeld):
        release(case=case, task=task, by=MINE)
    claim(case=case, task=task, by=OTHER)
    with pytest.raises(Refused):
        release(case=case, task=task, by=MINE)
    complete(case=case, task=task, outcome="好", by=OTHER)
    with pytest.raises(TaskDone, match="乙已经办过"):
        claim(case=case, task=task, by=MINE)
    assert actions_on("case:1")[1:] == [
        "process.task.claimed", "process.task.claimed", "process.task.released",
        "process.task.claimed", "process.task.completed",
    ]  # fmt: skip


def test_who_does_not_hold_the_post_claims_nothing() -> None:
    case = opened(TWO)
    for by in (reviewer(of=THERE), reviewer(post=Post.WINDOW), person()):
        with pytest.raises(Refused):
            claim(case=case, task=tasks(case)["a"], by=by)


def test_a_task_is_handed_to_a_colleague_in_the_same_post() -> None:
    case = opened(TWO)
    task = tasks(case)["a"]
    mine, colleague, stranger = registered("甲"), registered("乙"), registered("丙", THERE)
    with pytest.raises(NoSuchColleague):
        delegate(case=case, task=task, to=stranger.key, reason="样例", by=mine)
    with pytest.raises(ReasonMissing):
        delegate(case=case, task=task, to=colleague.key, reason=" ", by=mine)
    delegate(case=case, task=task, to=colleague.key, reason="出差", by=mine)
    assert last(case) | {"token": 0} == {
        "action": "task.delegated", "by": "甲", "event": "delegated", "element": "a", "token": 0,
        "holder": colleague.key, "reason": "出差",
    }  # fmt: skip
    with pytest.raises(Refused):
        complete(case=case, task=task, outcome="好", by=mine)
    complete(case=case, task=task, outcome="好", by=colleague)


def test_a_task_is_passed_to_another_desk() -> None:
    case = opened(TWO)
    task, there = tasks(case)["a"], registered("丙", THERE)
    claim(case=case, task=task, by=MINE)
    for where, post in ((department("样例没有的"), "reviewer"), (there.department, "nothing")):
        with pytest.raises(NoSuchDesk):
            transfer(case=case, task=task, department=where, post=post, reason="样例", by=MINE)
    transfer(case=case, task=task, department=there.department, post="reviewer", reason="不归我们",
             by=MINE)  # fmt: skip
    with pytest.raises(Refused):
        complete(case=case, task=task, outcome="好", by=MINE)
    complete(case=case, task=task, outcome="好", by=there)
    assert list(tasks(case)) == ["b"]


def test_a_task_waits_for_the_word_of_another_desk() -> None:
    case = opened(TWO)
    task, there = tasks(case)["a"], registered("丙", THERE)
    asked = ask_countersign(case=case, task=task, department=there.department, post="reviewer",
                            reason="请看消防", by=MINE)  # fmt: skip
    with pytest.raises(TaskDone, match="会签"):
        complete(case=case, task=task, outcome="好", by=MINE)
    with pytest.raises(Refused):
        countersign(case=case, task=asked, agrees=True, reason="样例", by=MINE)
    claim(case=case, task=asked, by=there)
    countersign(case=case, task=asked, agrees=False, reason="不合规", by=there)
    assert (last(case)["said"], last(case)["reason"], last(case)["by"]) == (
        "不同意", "不合规", "丙"
    )  # fmt: skip
    with pytest.raises(NotAsked):
        countersign(case=case, task=asked, agrees=True, reason="再说一次", by=there)
    complete(case=case, task=task, outcome="好", by=MINE)
    assert Decision.objects.count() == 1  # a word is none


def test_a_task_goes_back_to_an_earlier_one_and_a_new_round_begins() -> None:
    case = opened(TWO, {"x": ["甲", "乙"]})
    with pytest.raises(NoWayBack, match="没有经过"):
        return_task(case=case, task=tasks(case)["a"], to="b", reason="样例", by=MINE)
    do(case, "a", "好")
    with pytest.raises(ReasonMissing):
        return_task(case=case, task=tasks(case)["b"], to="a", reason="", by=MINE)
    return_task(case=case, task=tasks(case)["b"], to="a", reason="材料不对", by=MINE)
    do(case, "a", "不好")
    rounds = Decision.objects.filter(element="a").order_by("round").values_list("round", "outcome")
    assert list(rounds) == [(1, "好"), (2, "不好")]
    do(case, "b")
    with pytest.raises(NoWayBack, match="并行"):
        return_task(case=case, task=tasks(case)["c"], to="a", reason="样例", by=MINE)
    do(case, "c")
    do(case, "d")
    with pytest.raises(NoWayBack, match="每一项"):
        return_task(case=case, task=tasks(case)["e:甲"], to="a", reason="样例", by=MINE)
    with pytest.raises(NoWayBack):
        return_task(case=case, task=tasks(case)["e:甲"], to="nowhere", reason="样例", by=MINE)


def test_whoever_waits_urges_once_a_day_and_whoever_has_it_is_told() -> None:
    case = opened(TWO)
    task = tasks(case)["a"]
    mine, colleague = registered("甲"), registered("乙")
    with pytest.raises(Refused):
        urge(case=case, task=task, words="", by=reviewer(of=THERE))
    assert urge(case=case, task=task, words="等着用", by=person()) == 2
    with pytest.raises(UrgedToday):
        urge(case=case, task=task, words="", by=person())
    assert [unread(one.key).count() for one in (mine, colleague)] == [1, 1]
    do(case, "a", "好")
    claim(case=case, task=tasks(case)["b"], by=mine)
    assert urge(case=case, task=tasks(case)["b"], words="", by=person()) == 1


def test_of_a_batch_each_that_can_be_done_is_done() -> None:
    cases = [opened(TWO, key=str(number)) for number in range(3)]
    told = [(case, tasks(case)["a"]) for case in cases]
    do(cases[1], "a", "好")
    done = complete_many(tasks=told, outcome="好", reason="批量", by=MINE)
    assert [bool(one.refusal) for one in done] == [False, True, False]
    assert "甲已经办过" in done[1].refusal
    assert [list(tasks(case)) for case in cases] == [["b"]] * 3
    with pytest.raises(TooMany):
        complete_many(tasks=told * 100, outcome="好", reason="", by=MINE)


def test_a_person_does_her_own_task_and_arranges_nothing_for_officials() -> None:
    told = drawing("p", start(), user("a"), user("s", post="person"), end(),
                   flows(("start", "a"), ("a", "s"), ("s", "end")))  # fmt: skip
    case, there = opened(told), registered("丙", THERE)
    do(case, "a")
    task = tasks(case)["s"]
    desk = {"department": there.department, "post": "reviewer", "reason": "样例"}
    with pytest.raises(Refused):
        transfer(case=case, task=task, by=person(), **desk)
    with pytest.raises(Refused):
        ask_countersign(case=case, task=task, by=person(), **desk)
    with pytest.raises(Refused):
        return_task(case=case, task=task, to="a", reason="样例", by=person())
    complete(case=case, task=task, outcome="done", by=person())
