"""What was ordered has a lead and a day, and is closed by the supervisor alone."""

from datetime import date
from typing import Any

import pytest

from diebian.base.messages.public import unread
from diebian.kernel.errors import NotFound
from diebian.scenes.supervision import actions, bulletin, extending, refusals, selectors
from diebian.scenes.supervision.models import State, Task, TaskStep
from diebian.scenes.supervision.reminding import remind
from diebian.security.identity.public import PLATFORM, Refused

from .made import DUE, LEAD, MONDAY, assigned, claimed, on, raised, under_way, who

SEEN: dict[str, Any] = {"text": "去看过"}


def test_a_leaders_instruction_goes_from_raised_to_closed() -> None:
    task = claimed()
    with on(date(2026, 3, 6)):
        actions.verify(public_id=task.public_id, is_done=True, **SEEN, by=who("supervisor"))
        actions.close(public_id=task.public_id, by=who("supervisor"))
    task.refresh_from_db()
    assert task.state == State.CLOSED
    assert [one.what for one in task.events.all()] == [
        "raised", "registered", "assigned", "accepted", "claimed", "verified", "closed",
    ]  # fmt: skip


def test_claimed_is_not_closed_and_nobody_closes_their_own() -> None:
    task = claimed()
    with on(date(2026, 3, 6)):
        for other in ("lead", "mayor"):
            with pytest.raises(Refused):
                actions.verify(public_id=task.public_id, is_done=True, **SEEN, by=who(other))
        with pytest.raises(refusals.TaskElsewhere):
            actions.close(public_id=task.public_id, by=who("supervisor"))
        actions.verify(public_id=task.public_id, is_done=False, **SEEN, by=who("supervisor"))
    task.refresh_from_db()
    assert (task.state, task.due) == (State.REPORTING, DUE)


def test_what_is_not_ours_goes_back_and_to_another() -> None:
    task = assigned()
    with on(MONDAY):
        actions.hand_back(public_id=task.public_id, text="归另一家", by=who("lead"))
        with pytest.raises(refusals.LeadUnknown):
            actions.assign(public_id=task.public_id, lead="x", due=DUE, by=who("supervisor"))
        with pytest.raises(refusals.DueWrong):
            actions.assign(
                public_id=task.public_id, lead=LEAD, due=date(2026, 3, 1), by=who("supervisor")
            )


def test_only_leaders_and_the_supervisor_raise_and_a_stranger_sees_nothing() -> None:
    with pytest.raises(Refused):
        actions.raise_task(title="x", wanted="x", origin="plan", origin_says="", by=who("lead"))
    task = raised()
    for other in ("lead", "helper", "clerk"):
        with pytest.raises(NotFound):
            selectors.task_for(who(other), task.public_id)


def test_who_helps_reports_and_decides_nothing() -> None:
    task = under_way()
    with on(date(2026, 3, 4)):
        actions.report(public_id=task.public_id, text="配合了", by=who("helper"))
        with pytest.raises(Refused):
            actions.claim_done(public_id=task.public_id, text="好了", by=who("helper"))
        with pytest.raises(NotFound):
            actions.report(public_id=task.public_id, text="x", by=who("clerk"))
    task.refresh_from_db()
    assert task.state == State.ACCEPTED


def test_evidence_is_a_page_of_ours_and_words_are_needed() -> None:
    task = under_way()
    for link in ("https://example.org/", "//example.org", "/\\example.org"):
        with pytest.raises(refusals.LinkElsewhere):
            actions.report(public_id=task.public_id, text="做了", link=link, by=who("lead"))
    with pytest.raises(refusals.SaysNothing):
        actions.report(public_id=task.public_id, text=" ", by=who("lead"))


def test_it_is_not_done_while_a_step_is_open() -> None:
    task = under_way()
    step = TaskStep.objects.create(task=task, title="第一步", due=MONDAY)
    with on(date(2026, 3, 4)):
        with pytest.raises(refusals.StepsOpen):
            actions.claim_done(public_id=task.public_id, text="好了", by=who("lead"))
        actions.finish_step(public_id=task.public_id, step=step.pk, by=who("lead"))
        actions.claim_done(public_id=task.public_id, text="好了", by=who("lead"))


def test_a_day_moves_only_where_it_was_asked_and_granted_before_it() -> None:
    task = under_way()
    ask: dict[str, Any] = {"public_id": task.public_id, "text": "下雨"}
    with on(DUE):
        with pytest.raises(refusals.UntilWrong):
            extending.ask_longer(**ask, until=DUE, by=who("lead"))
        extending.ask_longer(**ask, until=date(2026, 3, 20), by=who("lead"))
        with pytest.raises(refusals.ExtensionWaits):
            extending.ask_longer(**ask, until=date(2026, 3, 25), by=who("lead"))
    with on(date(2026, 3, 17)):
        with pytest.raises(refusals.ExtensionTooLate):
            extending.decide_longer(**ask, is_granted=True, by=who("supervisor"))
        extending.decide_longer(**ask, is_granted=False, by=who("supervisor"))
        with pytest.raises(refusals.ExtensionTooLate):
            extending.ask_longer(**ask, until=date(2026, 3, 25), by=who("lead"))


def test_a_granted_day_is_the_day() -> None:
    task = under_way()
    ask: dict[str, Any] = {"public_id": task.public_id, "text": "下雨"}
    with on(date(2026, 3, 4)):
        extending.ask_longer(**ask, until=date(2026, 3, 20), by=who("lead"))
        extending.decide_longer(**ask, is_granted=True, by=who("supervisor"))
    task.refresh_from_db()
    assert task.due == date(2026, 3, 20)
    with on(date(2026, 3, 20)):
        assert [event.task for event in bulletin.bulletin(MONDAY).extended] == [task]
        assert selectors.line_of(task).notice == ""


def climb(day: date) -> list[str]:
    watchers = ("lead", "supervisor", "mayor")
    before = {name: len(unread(name)) for name in watchers}
    with on(day):
        remind(by=PLATFORM)
        remind(by=PLATFORM)  # a second time tells nobody anything
    return [name for name in watchers if len(unread(name)) > before[name]]


def test_each_rung_reaches_more_people_and_overdue_is_named_in_the_bulletin() -> None:
    under_way()
    assert climb(date(2026, 3, 11)) == []
    assert climb(date(2026, 3, 12)) == ["lead"]
    assert climb(DUE) == ["lead"]
    assert climb(date(2026, 3, 17)) == ["lead", "supervisor"]
    for day, notice in ((17, "yellow"), (20, "yellow"), (23, "red")):
        with on(date(2026, 3, day)):
            [line] = bulletin.bulletin(MONDAY).overdue
            assert line.notice == notice
            assert selectors.overview(who("mayor"), selectors.Asked(), "1").counts.overdue == 1
    with on(date(2026, 3, 23)):
        assert "超期，红牌" in bulletin.as_csv(bulletin.bulletin(MONDAY))


def test_the_supervisors_own_delay_is_told_to_the_leaders() -> None:
    claimed()
    assert climb(date(2026, 3, 13)) == ["supervisor", "mayor"]


def test_an_order_that_nobody_accepts_is_reminded_of() -> None:
    assigned()
    assert climb(date(2026, 3, 4)) == ["lead"]
    assert climb(date(2026, 3, 5)) == ["lead", "supervisor"]


def test_each_sees_their_own_and_the_leaders_all() -> None:
    task = under_way()
    for name in ("lead", "helper", "supervisor", "mayor"):
        assert [
            one.task for one in selectors.overview(who(name), selectors.Asked(), "1").lines
        ] == [task]
    assert selectors.overview(who("clerk"), selectors.Asked(), "1").counts.whole == 0
    assert Task.objects.count() == 1
