"""What cannot go on stands still, with a sentence for a person, and goes on from there."""

from datetime import timedelta

import pytest

from diebian.base.process.definitions.actions import deploy, deploy_table
from diebian.base.process.definitions.refusals import NotDeployable
from diebian.base.process.definitions.services import Answered
from diebian.base.process.running.actions import complete, retry, start, withdraw_case
from diebian.base.process.running.models import Case, Decision, Incident, Job
from diebian.base.process.running.refusals import (
    AlreadyOpened,
    NoSuchCase,
    NotStuck,
    OutcomeUnknown,
    TaskDone,
)
from diebian.base.process.work.carrying import MOST_TRIES, work_one, work_through
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Post, Refused

from .drawn import choice, drawing, end, flows, many, node, service, user
from .drawn import start as begin
from .people import HERE, THIN, Asks, department, do, opened, outcome, person, reviewer, tasks

pytestmark = pytest.mark.django_db
AREA = drawing(
    "area", begin(), user("a"), choice("g", default="g-small"), end("big", "big"),
    end("small", "small"),
    flows(("start", "a"), ("a", "g"), ("g", "small"), ("g", "big", "form.area > 500")),
)  # fmt: skip
OPERATOR = reviewer("丁", post=Post.OPERATOR)


def stuck(case: int) -> Incident:
    return Incident.objects.get(case_id=case, settled_at=None)


def test_a_condition_that_reads_what_is_not_there_is_an_incident_and_never_false() -> None:
    case = opened(AREA)
    do(case, "a")
    told = stuck(case)
    assert (outcome(case), told.element) == ("", "g")
    assert "form.area > 500" in told.sentence
    with pytest.raises(Refused):
        retry(case=case, task=told.token or 0, by=reviewer())
    retry(case=case, task=told.token or 0, by=OPERATOR)
    again = stuck(case)  # still not there
    retry(case=case, task=again.token or 0, form={"area": 600}, by=OPERATOR)
    assert outcome(case) == "big"
    assert not Incident.objects.filter(settled_at=None).exists()
    assert {one.settled_by for one in Incident.objects.all()} == {"丁"}
    with pytest.raises(NotStuck):
        retry(case=opened(AREA, key="2"), task=1, by=OPERATOR)


def test_what_is_no_list_is_an_incident() -> None:
    told = drawing("l", begin(), user("a", inside=many("form.x")), end(),
                   flows(("start", "a"), ("a", "end")))  # fmt: skip
    case = opened(told, {"x": "样例"})
    retry(case=case, task=stuck(case).token or 0, form={"x": ["甲", "甲"]}, by=OPERATOR)
    retry(case=case, task=stuck(case).token or 0, form={"x": ["甲", "乙"]}, by=OPERATOR)
    assert list(tasks(case)) == ["a:甲", "a:乙"]


def test_an_end_of_a_list_that_cannot_be_told_waits_with_what_is_done() -> None:
    told = drawing("l", begin(), user("a", inside=many("form.x", "form.enough")), end(),
                   flows(("start", "a"), ("a", "end")))  # fmt: skip
    case = opened(told, {"x": ["甲", "乙", "丙"]})
    do(case, "a:甲")
    retry(case=case, task=stuck(case).token or 0, form={"enough": False}, by=OPERATOR)
    assert list(tasks(case)) == ["a:乙", "a:丙"]
    do(case, "a:乙", form={"enough": True})
    assert outcome(case) == "done"


TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d"
 namespace="urn:x"><inputData id="i" name="area">
 <variable name="area" typeRef="number"/></inputData>
 <decision id="risk" name="risk"><variable name="risk" typeRef="string"/>
 <informationRequirement><requiredInput href="#i"/></informationRequirement>
 <decisionTable hitPolicy="UNIQUE"><input><inputExpression typeRef="number"><text>area</text>
 </inputExpression></input><output typeRef="string"/>
 <rule><inputEntry><text>&gt;= 500</text></inputEntry>
 <outputEntry><text>"高"</text></outputEntry></rule>
 <rule><inputEntry><text>&lt; 500</text></inputEntry>
 <outputEntry><text>"低"</text></outputEntry></rule>
 </decisionTable></decision></definitions>""".encode()
RULED = drawing(
    "ruled", begin(), node("businessRuleTask", "r", decision="risk", outcomes="高,低"), choice("g"),
    user("inspect"), end(),
    flows(("start", "r"), ("r", "g"), ("g", "inspect", 'decision.r = "高"'),
          ("g", "end", 'decision.r = "低"'), ("inspect", "end")),
)  # fmt: skip


def test_a_rule_decides_with_its_evidence_and_by_the_version_that_the_case_began_under() -> None:
    deploy_table(file=TABLE, by=PLATFORM)
    case = opened(RULED, {"area": 600})
    assert list(tasks(case)) == ["inspect"]
    told = Decision.objects.get(case_id=case)
    assert told.evidence == {"version": 1, "fired": [{"table": "risk", "rules": [1]}]}
    deploy_table(file=TABLE.replace(b"500", b"900"), by=PLATFORM)
    assert outcome(opened(RULED, {"area": 600}, key="2")) == "done"


def test_a_table_whose_rules_overlap_is_not_deployed() -> None:
    with pytest.raises(NotDeployable) as refused:
        deploy_table(file=TABLE.replace(b"&lt; 500", b"&lt;= 500"), by=PLATFORM)
    assert [one.code for one in refused.value.problems] == ["overlap"]
    assert "500" in refused.value.detail


def test_a_rule_without_its_data_is_an_incident() -> None:
    deploy_table(file=TABLE, by=PLATFORM)
    case = opened(RULED)
    assert "area" in stuck(case).sentence
    retry(case=case, task=stuck(case).token or 0, form={"area": 1}, by=OPERATOR)
    assert outcome(case) == "done"


CALLED = drawing("called", begin(), service("s", outcomes="好,不好"), end(),
                 flows(("start", "s"), ("s", "end")))  # fmt: skip


def test_a_system_that_fails_is_asked_again_later_and_in_the_end_a_person() -> None:
    case = opened(CALLED)
    Asks.answer = RuntimeError("样例：连不上")
    now = clock.now()
    for turn in range(MOST_TRIES):
        with clock.held_at(now + timedelta(hours=2 * turn)):
            assert work_one()
            assert not work_one()  # not at once
    assert len({one.key for one in Asks.told}) == 1
    assert "连不上" in stuck(case).sentence
    Asks.answer = Answered("好", {"number": "样例"})
    token = Job.objects.get().token or 0
    retry(case=case, task=token, by=OPERATOR)
    work_through()
    assert outcome(case) == "done"


def test_an_answer_that_nobody_declared_is_an_incident() -> None:
    case = opened(CALLED)
    Asks.answer = Answered("别的")
    work_through()
    assert (outcome(case), "别的" in stuck(case).sentence) == ("", True)


def test_what_a_system_did_after_the_withdrawal_is_for_a_person_to_undo() -> None:
    case = opened(CALLED)

    def meanwhile(point: str) -> None:
        if point == "answered":
            withdraw_case(case=case, reason="不办了", by=person())

    Asks.answer = Answered("好")
    assert work_one(meanwhile)
    assert outcome(case) == "withdrawn"
    assert "撤销" in stuck(case).sentence


def test_the_same_click_twice_is_done_once_and_never_hits_the_next_task() -> None:
    case = opened(drawing("two", begin(), user("a"), user("b"), end(),
                          flows(("start", "a"), ("a", "b"), ("b", "end"))))  # fmt: skip
    task = tasks(case)["a"]
    complete(case=case, task=task, outcome="done", by=reviewer("甲"))
    with pytest.raises(TaskDone, match="甲已经办过"):
        complete(case=case, task=task, outcome="done", by=reviewer("乙"))
    assert list(tasks(case)) == ["b"]


def test_a_case_is_opened_once_under_its_key() -> None:
    case = opened()
    with pytest.raises(AlreadyOpened):
        opened()
    assert [one.pk for one in Case.objects.all()] == [case]


def test_what_nobody_declared_or_may_do_changes_nothing() -> None:
    case = opened()
    with pytest.raises(OutcomeUnknown, match="准予、不予"):
        do(case, "review", "也许")
    for by in (reviewer(of="样例别局"), reviewer(post=Post.WINDOW), person()):
        with pytest.raises(Refused):
            do(case, "review", "准予", by=by)
    with pytest.raises(NoSuchCase):
        complete(case=case + 1, task=1, outcome="准予", by=reviewer())
    with pytest.raises(Refused):
        start(process="thin", business_key="9", title="样例", department=department(HERE),
              form={}, by=person(), person="another")  # fmt: skip
    deploy(file=THIN, by=PLATFORM)
    assert list(tasks(case)) == ["review"]


def test_a_task_of_a_person_whom_nobody_named_is_an_incident() -> None:
    told = drawing("p", begin(), user("a", post="person"), end(),
                   flows(("start", "a"), ("a", "end")))  # fmt: skip
    deploy(file=told, by=PLATFORM)
    case = start(process="p", business_key="1", title="样例", department=department(HERE), form={},
                 by=PLATFORM)  # fmt: skip
    assert "申请人" in stuck(case).sentence


def test_what_is_over_with_a_withdrawal_waits_for_nobody() -> None:
    case = opened(AREA)
    do(case, "a")
    assert stuck(case)
    withdraw_case(case=case, reason="不办了", by=person())
    assert not Incident.objects.filter(settled_at=None).exists()
