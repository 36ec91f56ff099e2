"""Lists that are done one after the other, and tasks that remind of themselves."""

from datetime import datetime, timedelta

import pytest

from diebian.base.messages.public import unread
from diebian.base.process.definitions.reading import read
from diebian.base.process.definitions.refusals import NotDeployable
from diebian.base.process.running.actions import withdraw_case
from diebian.base.process.running.models import Job, JobState, StepLog
from diebian.base.process.work.carrying import work_through
from diebian.base.process.work.desk import claim
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Post
from tests.days import a_calendar

from .drawn import drawing, end, flows, many, node, service, start, user
from .people import THERE, Asks, do, opened, outcome, registered, reviewer, tasks

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 10, 12, 10, tzinfo=clock.CITY_TIME)
LOOKS = {"looks": ["甲", "乙", "丙"]}


def in_order(inside: str, until: str = "", key: str = "order") -> bytes:
    one = many("form.looks", until, in_order=True)
    task = user("look", "好,差", inside=one) if not inside else inside.replace("MANY", one)
    return drawing(key, start(), task, end(), flows(("start", "look"), ("look", "end")))


def test_the_next_of_a_list_begins_when_the_one_before_is_done() -> None:
    case = opened(in_order(""), form=LOOKS)
    for one in ("甲", "乙", "丙"):
        assert list(tasks(case)) == [f"look:{one}"]
        do(case, f"look:{one}", "好")
    assert outcome(case) == "done"


def test_it_is_over_early_and_what_waited_behind_is_not_begun() -> None:
    case = opened(in_order("", 'some one in decision.look satisfies one = "差"'), form=LOOKS)
    do(case, "look:甲", "好")
    do(case, "look:乙", "差")
    assert outcome(case) == "done"


def test_systems_of_a_list_are_asked_one_after_the_other() -> None:
    case = opened(in_order(service("look", inside="MANY")), form=LOOKS)
    assert Job.objects.filter(state=JobState.DUE).count() == 1
    assert work_through() == 3
    assert [one.item for one in Asks.told] == ["甲", "乙", "丙"]
    assert outcome(case) == "done"


def test_very_many_that_pass_at_once_do_not_nest() -> None:
    inside = node("subProcess", "look", "MANY" + start("s") + end("e") + flows(("s", "e")))
    case = opened(in_order(inside), form={"looks": [str(one) for one in range(900)]})
    assert outcome(case) == "done"


def test_an_empty_list_is_passed_and_a_withdrawn_one_leaves_nothing() -> None:
    assert outcome(opened(in_order(""), form={"looks": []})) == "done"
    case = opened(in_order(""), key="2", form=LOOKS)
    withdraw_case(case=case, reason="样例", by=PLATFORM)
    assert (tasks(case), outcome(case)) == ({}, "withdrawn")


PATIENT = drawing(
    "patient", start(), user("a", remind="2,4", days="5"), end(),
    flows(("start", "a"), ("a", "end")),
)  # fmt: skip


def told(name: str) -> int:
    return len(unread(f"key-{name}"))


def test_a_task_that_waits_reminds_its_desk_then_its_holder_and_the_head() -> None:
    a_calendar()
    for name in ("甲", "乙"):
        registered(name)
    registered("长", post=Post.HEAD)
    registered("外", THERE)
    with clock.held_at(MONDAY):
        case = opened(PATIENT)
    for day, expected in ((13, (0, 0, 0)), (15, (1, 1, 0))):
        with clock.held_at(MONDAY.replace(day=day, hour=1)):
            work_through()
        assert (told("甲"), told("乙"), told("长")) == expected
    claim(case=case, task=tasks(case)["a"], by=reviewer("乙"))
    with clock.held_at(MONDAY.replace(day=17)):
        work_through()
    assert (told("甲"), told("乙"), told("长"), told("外")) == (1, 2, 1, 0)
    assert "应在 5 个工作日内办完" in unread("key-长")[0].body
    assert list(tasks(case)) == ["a"]  # it still waits for its person
    reminded = StepLog.objects.filter(case_id=case, action="job.timer")
    assert [one.events[0]["days"] for one in reminded.order_by("number")] == [2, 4]


def test_whoever_was_in_time_is_not_reminded() -> None:
    a_calendar()
    registered("甲")
    with clock.held_at(MONDAY):
        case = opened(PATIENT)
    do(case, "a")
    with clock.held_at(MONDAY + timedelta(days=20)):
        assert work_through() == 0
    assert told("甲") == 0


def test_without_a_calendar_the_task_stands_all_the_same() -> None:
    with clock.held_at(MONDAY):
        case = opened(PATIENT)
    do(case, "a")
    assert outcome(case) == "done"


@pytest.mark.parametrize("wrong", [{"remind": "0"}, {"remind": "半天"}, {"days": "3,4"}])
def test_days_that_are_none_are_refused_with_element_and_line(wrong: dict[str, str]) -> None:
    body = drawing("odd", start(), user("a", **wrong), end(), flows(("start", "a"), ("a", "end")))
    with pytest.raises(NotDeployable) as refused:
        read(body)
    [problem] = refused.value.problems
    assert (problem.element, problem.line) == ("a", 5)
