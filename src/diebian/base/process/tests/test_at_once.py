"""Many at one case: each decision counts once, and the case ends once."""

import os
import random
from contextlib import suppress

import pytest

from diebian.base.process.definitions.actions import deploy
from diebian.base.process.running.actions import complete
from diebian.base.process.running.models import Case, Decision, StepLog
from diebian.base.process.running.refusals import CaseClosed, TaskDone
from diebian.base.process.work.carrying import work_through
from diebian.base.process.work.desk import claim
from diebian.base.process.work.refusals import HeldBySomebody
from diebian.security.identity.public import PLATFORM

from .drawn import drawing, end, flows, fork, many, node, service, start, user
from .forked import all_of
from .people import opened, outcome, reviewer, tasks

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("nobody_is_woken"),
]
WORKERS, VOTERS, CHILDREN = 8, 24, 8
CHILD = drawing("child", start(), service("s"), end(), flows(("start", "s"), ("s", "end")))
CROWD = drawing(
    "crowd", start(), fork("f"), user("vote", "是,否", inside=many("form.voters")),
    node("callActivity", "call", many("form.children"), calledElement="child"), fork("j"), end(),
    flows(("start", "f"), ("f", "vote"), ("f", "call"), ("vote", "j"), ("call", "j"), ("j", "end")),
)  # fmt: skip


def test_eight_workers_and_every_voter_at_one_case() -> None:
    deploy(file=CHILD, by=PLATFORM)
    case = opened(CROWD, {"voters": [str(one) for one in range(VOTERS)],
                          "children": [str(one) for one in range(CHILDREN)]})  # fmt: skip
    open_tasks = list(tasks(case).values())

    def work() -> None:
        mine = random.Random(os.getpid()).sample(open_tasks, VOTERS)  # noqa: S311  an order
        for task in mine:
            with suppress(TaskDone, CaseClosed):
                complete(case=case, task=task, outcome="是", by=reviewer(str(os.getpid())))
            work_through(2)

    all_of([work] * WORKERS)
    work_through()
    assert outcome(case) == "done"
    told = Decision.objects.filter(case_id=case)
    assert told.filter(element="vote").count() == VOTERS
    assert told.filter(element="call").count() == CHILDREN
    assert Case.objects.filter(parent=case, state="closed").count() == CHILDREN
    events = [one["event"] for row in StepLog.objects.filter(case_id=case) for one in row.events]
    assert (events.count("joined"), events.count("closed")) == (1, 1)


def test_two_who_decide_at_once_are_told_apart() -> None:
    case = opened()
    task = tasks(case)["review"]

    def decide(who: str, said: str) -> None:
        with suppress(TaskDone, CaseClosed):
            complete(case=case, task=task, outcome=said, by=reviewer(who))

    all_of([lambda: decide("甲", "准予"), lambda: decide("乙", "不予")])
    assert Decision.objects.filter(element="review").count() == 1


def test_of_eight_who_claim_at_once_one_has_it() -> None:
    case = opened()
    task = tasks(case)["review"]

    def take() -> None:
        with suppress(HeldBySomebody):
            claim(case=case, task=task, by=reviewer(str(os.getpid())))

    all_of([take] * WORKERS)
    claims = [one for row in StepLog.objects.all() for one in row.events
              if one["event"] == "claimed"]  # fmt: skip
    assert len(claims) == 1
