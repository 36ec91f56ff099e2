"""Forks, lists, sub-processes, called cases, events, ends: what each does to a case."""

from datetime import timedelta
from itertools import permutations

import pytest

from diebian.base.process.definitions.actions import deploy
from diebian.base.process.running.actions import receive, withdraw_case
from diebian.base.process.running.models import Case, Decision, Incident, Job, StepLog, Token
from diebian.base.process.running.refusals import CaseClosed, NobodyWaits
from diebian.base.process.work.carrying import work_one, work_through
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Refused

from .drawn import (
    boundary,
    choice,
    drawing,
    end,
    flows,
    fork,
    many,
    message,
    node,
    service,
    start,
    timer,
    user,
)
from .people import THIN, Asks, do, opened, outcome, person, reviewer, system, tasks

pytestmark = pytest.mark.django_db
FORKED = drawing(
    "forked",
    start(), fork("f"), user("a"), user("b"), service("c"), fork("j"), user("last"), end(),
    flows(("start", "f"), ("f", "a"), ("f", "b"), ("f", "c"), ("a", "j"), ("b", "j"), ("c", "j"),
          ("j", "last"), ("last", "end")),
)  # fmt: skip
INSPECTED = drawing(
    "inspected",
    start(), user("inspect", "合格,不合格", inside=many(
        "form.inspectors", 'some one in decision.inspect satisfies one = "不合格"')),
    choice("g", default="g-refused"), end("granted", "granted"), end("refused", "refused"),
    flows(("start", "inspect"), ("inspect", "g"), ("g", "refused"),
          ("g", "granted", 'every one in decision.inspect satisfies one = "合格"')),
)  # fmt: skip


@pytest.mark.parametrize("order", list(permutations(["a", "b", "c"])))
def test_a_join_waits_for_every_branch_in_whatever_order(order: tuple[str, ...]) -> None:
    case = opened(FORKED)
    for one in order:
        assert "last" not in tasks(case)
        work_through() if one == "c" else do(case, one)
    assert list(tasks(case)) == ["last"]
    do(case, "last")
    assert outcome(case) == "done"
    assert StepLog.objects.filter(events__contains=[{"event": "joined"}]).count() == 1


def test_a_list_is_done_by_each_and_all_agree() -> None:
    case = opened(INSPECTED, {"inspectors": ["甲", "乙", "丙"]})
    assert list(tasks(case)) == ["inspect:甲", "inspect:乙", "inspect:丙"]
    for one in ("乙", "丙", "甲"):
        do(case, f"inspect:{one}", "合格")
    assert outcome(case) == "granted"


def test_a_list_is_over_early_when_its_condition_says_so() -> None:
    case = opened(INSPECTED, {"inspectors": ["甲", "乙", "丙"]})
    do(case, "inspect:乙", "不合格")
    assert outcome(case) == "refused"
    assert Decision.objects.filter(case_id=case).count() == 1


def test_of_an_empty_list_nothing_is_to_be_done() -> None:
    case = opened(drawing("e", start(), user("a", inside=many("form.x")), end("end", "ended"),
                          flows(("start", "a"), ("a", "end"))), {"x": []})  # fmt: skip
    assert outcome(case) == "ended"


SUB = drawing(
    "sub",
    start(),
    node("subProcess", "s", start("s1") + user("in", "好,不好") + choice("sg")
         + end("good", "good") + end("bad", "bad")
         + flows(("s1", "in"), ("in", "sg"), ("sg", "good", 'decision.in = "好"'),
                 ("sg", "bad", 'decision.in = "不好"'))),
    boundary("late", "s", timer("P2D")),
    choice("g"), end("granted", "granted"), end("refused", "refused"), end("lapsed", "lapsed"),
    flows(("start", "s"), ("s", "g"), ("g", "granted", 'decision.s = "good"'),
          ("g", "refused", 'decision.s = "bad"'), ("late", "lapsed")),
)  # fmt: skip


@pytest.mark.parametrize(("said", "comes_to"), [("好", "granted"), ("不好", "refused")])
def test_a_sub_process_comes_to_what_its_end_says(said: str, comes_to: str) -> None:
    case = opened(SUB)
    do(case, "in", said)
    assert outcome(case) == comes_to
    assert Job.objects.get().state == "cancelled"  # its timer


def test_an_event_on_a_sub_process_ends_all_that_is_in_it() -> None:
    case = opened(SUB)
    with clock.held_at(clock.now() + timedelta(days=1, hours=23)):
        assert work_through() == 0
    with clock.held_at(clock.now() + timedelta(days=2, seconds=1)):
        assert work_through() == 1
    assert (outcome(case), tasks(case)) == ("lapsed", {})


def test_a_sub_process_for_each_of_a_list_reads_what_its_own_item_came_to() -> None:
    inner = (many("form.members") + start("s1") + user("in", "好,不好") + choice("sg")
             + user("more") + end("good", "good") + end("bad", "bad")
             + flows(("s1", "in"), ("in", "sg"), ("sg", "more", 'decision.in = "好"'),
                     ("more", "good"), ("sg", "bad", 'decision.in = "不好"')))  # fmt: skip
    told = drawing("each", start(), node("subProcess", "s", inner), end(),
                   flows(("start", "s"), ("s", "end")))  # fmt: skip
    case = opened(told, {"members": ["x", "y"]})
    do(case, "in:y", "不好")
    do(case, "in:x", "好")
    assert list(tasks(case)) == ["more:x"]
    do(case, "more:x")
    assert outcome(case) == "done"
    came_to = Decision.objects.filter(case_id=case, element="s").values_list("item", "outcome")
    assert dict(came_to) == {"x": "good", "y": "bad"}


CALLING = drawing(
    "calling",
    start(), node("callActivity", "call", many("form.members"), calledElement="thin",
                  outcomes="granted,refused,withdrawn"),
    boundary("stop", "call", message()), end(), end("stopped", "stopped"),
    flows(("start", "call"), ("call", "end"), ("stop", "stopped")),
)  # fmt: skip


def children(case: int) -> list[int]:
    return list(Case.objects.filter(parent=case).order_by("pk").values_list("pk", flat=True))


def test_called_cases_tell_their_parent_what_they_came_to() -> None:
    deploy(file=THIN, by=PLATFORM)
    case = opened(CALLING, {"members": ["x", "y"]})
    first, second = children(case)
    do(first, "review", "不予")
    do(second, "review", "准予")
    assert outcome(case) == ""
    work_through()
    assert (outcome(first), outcome(second), outcome(case)) == ("refused", "granted", "done")
    told = Decision.objects.filter(case_id=case).values_list("item", "outcome")
    assert dict(told) == {"x": "refused", "y": "granted"}
    assert [one.form["item"] for one in Asks.told] == ["y"]


def test_called_cases_are_withdrawn_with_the_call() -> None:
    deploy(file=THIN, by=PLATFORM)
    case = opened(CALLING, {"members": ["x", "y"]})
    first = children(case)[0]
    do(first, "review", "准予")
    work_one()  # this one is done before anybody calls it back
    receive(case=case, message="m", number="1", by=system())
    assert outcome(case) == "stopped"
    work_through()
    assert [outcome(one) for one in children(case)] == ["granted", "withdrawn"]
    assert [one.case_id for one in Incident.objects.all()] == [first]
    assert not Token.objects.exists()


def test_a_message_goes_to_who_waits_for_it_and_only_once() -> None:
    told = drawing("m", start(), node("receiveTask", "r", messageRef="m"), user("a"), end(),
                   flows(("start", "r"), ("r", "a"), ("a", "end")))  # fmt: skip
    case = opened(told)
    with pytest.raises(NobodyWaits):
        receive(case=case, message="other", number="1", by=system())
    with pytest.raises(Refused):
        receive(case=case, message="m", number="1", by=reviewer())
    assert receive(case=case, message="m", number="1", by=system(), form={"paid": True})
    assert not receive(case=case, message="m", number="1", by=system())
    assert list(tasks(case)) == ["a"]
    do(case, "a")
    assert not receive(case=case, message="m", number="1", by=system())  # known, though closed


def test_a_boundary_event_beside_leaves_its_host_and_says_nothing_about_the_outcome() -> None:
    told = drawing(
        "beside", start(), user("a"), boundary("b", "a", timer("PT1H"), beside=True),
        user("remind"), end("end", "ended"), end("told", "told"),
        flows(("start", "a"), ("a", "end"), ("b", "remind"), ("remind", "told")),
    )  # fmt: skip
    case = opened(told)
    with clock.held_at(clock.now() + timedelta(hours=2)):
        work_through()
    assert sorted(tasks(case)) == ["a", "remind"]
    do(case, "a")
    assert outcome(case) == ""
    do(case, "remind")
    assert outcome(case) == "ended"


def test_a_terminating_end_takes_the_other_branches_with_it() -> None:
    told = drawing(
        "ending", start(), fork("f"), user("a", "好,不好"), user("b"), choice("g"),
        end("stop", "stopped", terminates=True), fork("j"), end(),
        flows(("start", "f"), ("f", "a"), ("f", "b"), ("a", "g"), ("b", "j"), ("j", "end"),
              ("g", "j", 'decision.a = "好"'), ("g", "stop", 'decision.a = "不好"')),
    )  # fmt: skip
    case = opened(told)
    do(case, "a", "不好")
    assert (outcome(case), tasks(case)) == ("stopped", {})


def test_a_second_round_forgets_nothing_of_the_first() -> None:
    told = drawing(
        "rounds", start(), user("review", "受理,补正"), choice("g"),
        user("supplement", post="person"), end(),
        flows(("start", "review"), ("review", "g"), ("g", "supplement", 'decision.review = "补正"'),
              ("supplement", "review"), ("g", "end", 'decision.review = "受理"')),
    )  # fmt: skip
    case = opened(told, {"a": 1})
    do(case, "review", "补正")
    do(case, "supplement", by=person(), form={"b": 2})
    do(case, "review", "受理")
    assert outcome(case) == "done"
    told_rounds = Decision.objects.filter(element="review").order_by("round")
    assert [(one.round, one.outcome) for one in told_rounds] == [(1, "补正"), (2, "受理")]


def test_a_timer_in_the_way_lets_pass_when_it_is_time() -> None:
    told = drawing("wait", start(), node("intermediateCatchEvent", "t", timer("P3D")), end(),
                   flows(("start", "t"), ("t", "end")))  # fmt: skip
    case = opened(told)
    assert (work_through(), outcome(case)) == (0, "")
    with clock.held_at(clock.now() + timedelta(days=3, seconds=1)):
        assert (work_through(), outcome(case)) == (1, "done")


def test_a_withdrawn_case_is_closed_and_nothing_more_happens_to_it() -> None:
    case = opened(FORKED)
    with pytest.raises(Refused):
        withdraw_case(case=case, reason="样例", by=reviewer())
    withdraw_case(case=case, reason="不办了", by=person())
    assert (outcome(case), tasks(case), work_through()) == ("withdrawn", {}, 0)
    with pytest.raises(CaseClosed, match="withdrawn"):
        withdraw_case(case=case, reason="再一次", by=person())
