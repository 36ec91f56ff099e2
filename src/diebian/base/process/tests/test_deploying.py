"""Deployed once, by those who answer for it, when all that it needs is there."""

import pytest

from diebian.base.process.definitions.actions import deploy
from diebian.base.process.definitions.models import Version
from diebian.base.process.definitions.refusals import NotDeployable
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Refused

from .drawn import drawing, end, flows, node, service, start, user
from .people import THIN, reviewer

pytestmark = pytest.mark.django_db
STRAIGHT = flows(("start", "a"), ("a", "end"))


def test_the_same_file_twice_is_one_version_and_another_file_the_next() -> None:
    first = deploy(file=THIN, by=PLATFORM)
    assert deploy(file=THIN, by=PLATFORM).pk == first.pk
    second = deploy(file=THIN.replace(b'id="granted"', b'id="granted" name="x"'), by=PLATFORM)
    assert [first.number, second.number] == [1, 2]
    assert Version.objects.count() == 2
    assert actions_on("bpmn:thin:1") == ["process.deployed"]


def test_a_reviewer_deploys_nothing() -> None:
    with pytest.raises(Refused):
        deploy(file=THIN, by=reviewer())


@pytest.mark.parametrize(
    ("task", "told"),
    [
        (user("a", post="nobody"), "岗位"),
        (user("a", post=""), "岗位"),
        (service("a", topic="nothing"), "系统"),
        (node("businessRuleTask", "a", decision="none", outcomes="x"), "决策表"),
        (node("callActivity", "a", calledElement="none"), "没有部署过流程"),
        (node("callActivity", "a", calledElement="p"), "自己"),
    ],
)
def test_what_is_not_there_is_named(task: str, told: str) -> None:
    with pytest.raises(NotDeployable, match=told) as refused:
        deploy(file=drawing("p", start(), task, end(), STRAIGHT), by=PLATFORM)
    assert [(one.line, one.element) for one in refused.value.problems] == [(5, "a")]


def test_a_called_process_comes_to_nothing_that_the_caller_does_not_know() -> None:
    deploy(file=THIN, by=PLATFORM)
    call = node("callActivity", "a", calledElement="thin", outcomes="granted,withdrawn")
    with pytest.raises(NotDeployable, match="refused"):
        deploy(file=drawing("p", start(), call, end(), STRAIGHT), by=PLATFORM)
