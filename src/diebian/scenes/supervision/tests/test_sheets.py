"""A site scores itself; some are drawn by lot and scored again; what is found is put right."""

from datetime import date

import pytest

from diebian.base.messages.public import unread
from diebian.kernel.errors import NotFound
from diebian.scenes.supervision import actions, refusals, selectors
from diebian.scenes.supervision.models import Score, Sheet, Site, State, Task
from diebian.scenes.supervision.sheets import check_sheet, draw_sample, open_sheets, submit_sheet
from diebian.security.identity.public import PLATFORM, Refused
from diebian.standards.profile.supervision import KINDS

from .made import on, opened_sheet, submitted_sheet, who

PERIOD = "2026Q1"


def drawn() -> Sheet:
    sheet = submitted_sheet()
    with on(date(2026, 3, 4)):
        assert draw_sample(period=PERIOD, count=9, by=who("supervisor")) == [sheet]
    return sheet


def test_each_site_gets_one_sheet_a_quarter_and_its_head_is_told() -> None:
    sheet = opened_sheet()
    with on(date(2026, 3, 31)):
        assert open_sheets(by=PLATFORM) == 0
    with on(date(2026, 4, 1)):
        assert open_sheets(by=PLATFORM) == 1
    assert sheet.period == PERIOD
    assert len(unread("lead")) == 2


def test_a_site_fills_every_line_within_its_points_once() -> None:
    sheet = opened_sheet()
    [first, second] = sheet.scores.all()
    told = {"public_id": sheet.public_id, "says": {}, "by": who("lead")}
    for points in ({first.pk: 11, second.pk: 1}, {first.pk: 1}):
        with pytest.raises(refusals.PointsWrong):
            submit_sheet(points=points, **told)  # type: ignore[arg-type]
    submit_sheet(points={first.pk: 10, second.pk: 0}, **told)  # type: ignore[arg-type]
    with pytest.raises(refusals.SheetElsewhere):
        submit_sheet(points={first.pk: 10, second.pk: 5}, **told)  # type: ignore[arg-type]


def test_another_department_does_not_see_it_and_the_supervisor_does_not_fill_it() -> None:
    sheet = opened_sheet()
    with pytest.raises(NotFound):
        selectors.sheet_for(who("helper"), sheet.public_id)
    with pytest.raises(Refused):
        submit_sheet(public_id=sheet.public_id, points={}, says={}, by=who("supervisor"))


def test_only_what_was_drawn_is_scored_again_and_the_lot_is_the_supervisors() -> None:
    sheet = submitted_sheet()
    with pytest.raises(Refused):
        draw_sample(period=PERIOD, count=1, by=who("lead"))
    with pytest.raises(refusals.SheetElsewhere):
        check_sheet(public_id=sheet.public_id, points={}, findings={}, by=who("supervisor"))
    draw_sample(period=PERIOD, count=1, by=who("supervisor"))
    with pytest.raises(refusals.NothingToDraw):
        draw_sample(period=PERIOD, count=1, by=who("supervisor"))


def test_a_finding_becomes_a_task_that_is_closed_only_after_another_look() -> None:
    sheet = drawn()
    [first, second] = sheet.scores.all()
    points = {first.pk: 6, second.pk: 5}
    with on(date(2026, 3, 5)):
        with pytest.raises(refusals.FindingMissing):
            check_sheet(public_id=sheet.public_id, points=points, findings={}, by=who("supervisor"))
        found = {first.pk: "窗口没有人"}
        told = {"public_id": sheet.public_id, "points": points, "findings": found}
        assert check_sheet(**told, by=who("supervisor")) == 1  # type: ignore[arg-type]
    task = Task.objects.get()
    assert (task.state, task.wanted, task.due) == (State.ASSIGNED, "窗口没有人", date(2026, 4, 2))
    with on(date(2026, 3, 9)):
        actions.accept(public_id=task.public_id, by=who("lead"))
        actions.claim_done(public_id=task.public_id, text="有人了", by=who("lead"))
        actions.verify(public_id=task.public_id, is_done=True, text="看过", by=who("supervisor"))
        actions.close(public_id=task.public_id, by=who("supervisor"))
    [line] = selectors.sheets(who("supervisor"), PERIOD).lines
    assert (line.points, line.checked, line.findings) == (15, 11, 1)
    assert Score.objects.get(pk=first.pk).task == task


def test_the_kinds_of_the_folder_are_the_scenes() -> None:
    assert tuple(Site.Kind.values) == KINDS
