"""Deployed, started, decided by a person, called by a worker, ended."""

import pytest

from diebian.base.process.running.models import Decision, Job, Revision, StepLog, Token
from diebian.base.process.work.carrying import work_through
from diebian.security.audit.public import actions_on

from .people import Asks, do, opened, outcome, tasks

pytestmark = pytest.mark.django_db


def test_a_case_goes_from_its_opening_to_its_end() -> None:
    case = opened(form={"name": "样例"})
    assert list(tasks(case)) == ["review"]
    do(case, "review", "准予", reason="材料齐全")
    assert (outcome(case), Asks.told) == ("", [])
    assert work_through() == 1
    assert outcome(case) == "granted"
    assert [(one.business_key, one.element, one.form) for one in Asks.told] == [
        ("1", "issue", {"name": "样例"})
    ]
    assert not Token.objects.filter(case_id=case).exists()
    decided = Decision.objects.filter(case_id=case).order_by("at", "element")
    assert {(one.element, one.outcome, one.by_name, one.reason) for one in decided} == {
        ("issue", "done", "platform", ""), ("review", "准予", "甲", "材料齐全")
    }  # fmt: skip
    assert Job.objects.get().state == "done"
    assert Revision.objects.get().form == {"name": "样例"}
    events = [one["event"] for step in StepLog.objects.order_by("number") for one in step.events]
    assert events == [
        "opened", "entered", "decided", "chose", "entered", "decided", "ended", "closed"
    ]  # fmt: skip
    assert actions_on("case:1") == [
        "process.case.opened", "process.task.completed", "process.job.service"
    ]  # fmt: skip
