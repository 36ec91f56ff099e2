"""A case goes on under another version of its drawing, or it is said why it cannot."""

from datetime import timedelta

import pytest

from diebian.base.process.definitions.actions import deploy
from diebian.base.process.definitions.refusals import NotDeployed
from diebian.base.process.moving.actions import move_case
from diebian.base.process.moving.refusals import CannotMove
from diebian.base.process.running.models import Case, Job, StepLog
from diebian.base.process.running.refusals import ReasonMissing
from diebian.base.process.work.carrying import work_through
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Refused

from .drawn import boundary, drawing, end, flows, fork, start, timer, user
from .people import do, opened, outcome, reviewer, tasks

pytestmark = pytest.mark.django_db


def version(*, special: str = "special", days: int = 15, more: bool = False) -> bytes:
    extra = [user("more", "好,不好")] if more else []
    way = [("start", "more"), ("more", "a")] if more else [("start", "a")]
    return drawing(
        "moved", start(), *extra, user("a"), user(special), boundary("late", special,
        timer(f"P{days}D")), end("end", "ended"), end("lapsed", "lapsed"),
        flows(*way, ("a", special), (special, "end"), ("late", "lapsed")),
    )  # fmt: skip


def moved(case: int, number: int = 2, **mapping: str) -> None:
    move_case(case=case, version=number, reason="新规定", mapping=mapping, by=PLATFORM)


def test_a_case_keeps_its_version_until_somebody_moves_it() -> None:
    case = opened(version())
    deploy(file=version(days=5), by=PLATFORM)
    assert Case.objects.get().version.number == 1
    moved(case)
    assert Case.objects.get().version.number == 2
    told = StepLog.objects.order_by("-number")[0].events[0]
    assert (told["before"], told["after"], told["reason"]) == (1, 2, "新规定")
    do(case, "a")
    do(case, "special")
    assert outcome(case) == "ended"


def test_a_timer_is_set_again_from_when_the_wait_began() -> None:
    case = opened(version())
    do(case, "a")
    deploy(file=version(days=5), by=PLATFORM)
    began = clock.now()
    with clock.held_at(began + timedelta(days=3)):
        moved(case)
        assert work_through() == 0
    assert list(Job.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "due"]
    with clock.held_at(began + timedelta(days=5, seconds=5)):
        assert work_through() == 1
    assert outcome(case) == "lapsed"


def test_what_is_called_something_else_there_is_mapped_or_the_case_stays() -> None:
    case = opened(version())
    do(case, "a")
    deploy(file=version(special="inspect"), by=PLATFORM)
    with pytest.raises(CannotMove, match="“special”在那一版里没有"):
        moved(case)
    moved(case, special="inspect")
    assert list(tasks(case)) == ["inspect"]
    do(case, "inspect")
    assert outcome(case) == "ended"


def test_a_case_does_not_move_to_where_something_else_has_been_decided_before() -> None:
    case = opened(version())
    deploy(file=version(more=True), by=PLATFORM)
    with pytest.raises(CannotMove, match="“more”的结果"):
        moved(case)
    assert list(tasks(case)) == ["a"]


def test_a_case_does_not_move_between_parallel_branches() -> None:
    plain = drawing("f", start(), user("a"), user("b"), end(),
                    flows(("start", "a"), ("a", "b"), ("b", "end")))  # fmt: skip
    forked = drawing("f", start(), fork("f1"), user("a"), user("b"), fork("j"), end(),
                     flows(("start", "f1"), ("f1", "a"), ("f1", "b"), ("a", "j"), ("b", "j"),
                           ("j", "end")))  # fmt: skip
    three = forked.replace(b"</process>", (user("c") + flows(("f1", "c"), ("c", "j"))).encode()
                           + b"</process>")  # fmt: skip
    case = opened(plain)
    deploy(file=forked, by=PLATFORM)
    with pytest.raises(CannotMove, match="并行分支"):
        moved(case)
    other = opened(forked, key="2")
    deploy(file=three, by=PLATFORM)
    with pytest.raises(CannotMove, match="分成 3 支"):
        moved(other, 3)


def test_who_may_not_deploy_may_not_move() -> None:
    case = opened(version())
    deploy(file=version(days=5), by=PLATFORM)
    with pytest.raises(Refused):
        move_case(case=case, version=2, reason="样例", by=reviewer())
    with pytest.raises(ReasonMissing):
        move_case(case=case, version=2, reason=" ", by=PLATFORM)
    with pytest.raises(NotDeployed):
        moved(case, 7)
