"""Whose turn it is learns of it, with the last day; whoever did it is not told what he knows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from diebian.base.catalogue.actions import (
    approve_entry,
    publish_entry,
    send_back_entry,
    submit_entry,
)
from diebian.base.catalogue.changing import (
    approve_change,
    propose_change,
    publish_change,
    send_back_change,
)
from diebian.base.catalogue.many import approve_many, publish_many, submit_many
from diebian.base.catalogue.models import Entry, State
from diebian.base.catalogue.refusals import AssessmentMissing
from diebian.base.catalogue.reminding import remind
from diebian.kernel import clock
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Actor
from tests.days import a_calendar
from tests.laid import laid_once

from .factories import (
    a_draft,
    a_head,
    a_manager,
    a_published_entry,
    a_resource,
    a_submitted_entry,
    a_user,
    accounts,
    notices_of,
    the_authority,
    told,
    used_by,
)

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)


def _people() -> None:
    a_calendar()
    accounts(a_manager(), a_head(), the_authority())


laid = laid_once(_people)


def test_each_step_of_an_entry_reaches_whoever_is_next() -> None:
    with clock.held_at(WEDNESDAY):
        entry = a_draft(a_manager()).public_id
        submit_entry(entry_id=entry, secrecy_reviewed=True, privacy_assessed=True, by=a_manager())
        assert "请代表本部门审核" in notices_of(a_head())[-1]
        send_back_entry(entry_id=entry, reason="周期不对", by=a_head())
        assert "被退回" in notices_of(a_manager())[-1]
        assert "周期不对" in notices_of(a_manager())[-1]
        submit_entry(entry_id=entry, secrecy_reviewed=True, privacy_assessed=True, by=a_manager())
        approve_entry(entry_id=entry, by=a_head())
        assert "请审核发布，最晚 11 月 27 日（周五）" in notices_of(the_authority())[-1]
        publish_entry(entry_id=entry, by=the_authority())
    assert "已经发布" in notices_of(a_manager())[-1]
    assert "已经发布" in notices_of(a_head())[-1]


def test_each_step_of_a_change_reaches_whoever_is_next_and_its_users() -> None:
    entry = a_published_entry()
    a_resource(entry)
    with clock.held_at(WEDNESDAY), a_user(used_by(key="theirs")):
        _propose(entry)
        assert "目录变更" in notices_of(a_head())[-1]
        send_back_change(entry_id=entry.public_id, reason="再改", by=a_head())
        assert "请修改后重新提出" in notices_of(a_manager())[-1]
        _propose(entry)
        approve_change(entry_id=entry.public_id, by=a_head())
        assert "最晚 11 月 27 日" in notices_of(the_authority())[-1]
        assert notices_of(Actor(name="", key="theirs")) == []
        publish_change(entry_id=entry.public_id, by=the_authority())
    assert "有变更" in notices_of(Actor(name="", key="theirs"))[-1]


def test_the_two_working_days_of_the_authority_have_a_ladder() -> None:
    with clock.held_at(WEDNESDAY):
        entry = a_submitted_entry()
    seen = []
    for days in (0, 1, 2, 3, 4):  # Friday is the last of two
        with clock.held_at(WEDNESDAY + timedelta(days=days)):
            seen.append((remind(by=PLATFORM), remind(by=PLATFORM)))
    assert seen == [(1, 0), (0, 0), (1, 0), (1, 0), (0, 0)]
    assert "国务院令第809号 第十七条" in notices_of(the_authority())[-1]
    assert actions_on(entry.audit_subject)[-1] == "catalogue.entry.reminded_late"


def test_a_change_that_no_head_looks_at_reaches_the_authority_after_ten_days() -> None:
    with clock.held_at(WEDNESDAY):
        entry = a_published_entry()
        _propose(entry)
    before = len(notices_of(the_authority()))
    for days in (13, 14, 15):  # 12-09 is the tenth working day
        with clock.held_at(WEDNESDAY + timedelta(days=days)):
            remind(by=PLATFORM)
    assert len(notices_of(the_authority())) == before + 1
    assert "已经超期" in notices_of(a_head())[-1]


def test_a_hundred_at_once_are_one_notice_and_a_hundred_traces() -> None:
    drafts = [a_draft(a_manager(), f"样例{number}").public_id for number in range(5)]
    ticked = {"secrecy_reviewed": True, "privacy_assessed": True}
    before = len(notices_of(a_head()))
    assert submit_many(entry_ids=drafts, **ticked, by=a_manager()).done == 5
    [told_once] = notices_of(a_head())[before:]
    assert told_once.startswith("目录：5 条")
    assert approve_many(entry_ids=drafts, by=a_head()).done == 5
    assert publish_many(entry_ids=drafts, by=the_authority()).done == 5
    assert set(Entry.objects.values_list("state", flat=True)) == {State.PUBLISHED}
    for entry in Entry.objects.all():
        assert actions_on(entry.audit_subject)[-1] == "catalogue.entry.published"


def test_changes_and_entries_are_approved_and_published_together() -> None:
    changed, entry = a_published_entry("甲"), a_draft(a_manager(), "乙")
    _propose(changed, "甲")
    ids = [changed.public_id, entry.public_id]
    submit_many(entry_ids=ids[1:], secrecy_reviewed=True, privacy_assessed=True, by=a_manager())
    assert approve_many(entry_ids=ids, by=a_head()).done == 2
    assert publish_many(entry_ids=ids, by=the_authority()).done == 2
    assert Entry.objects.get(title="甲").summary == "新的摘要"


def test_without_the_assessment_none_of_them_is_submitted() -> None:
    draft = a_draft(a_manager())
    outcome = submit_many(
        entry_ids=[draft.public_id], secrecy_reviewed=True, privacy_assessed=False, by=a_manager()
    )
    assert (outcome.done, outcome.left[0][1]) == (0, AssessmentMissing.title)


def _propose(entry: Entry, title: str = "样例供热站点") -> None:
    propose_change(
        entry_id=entry.public_id,
        facts=replace(told(title), summary="新的摘要"),
        why="样例",
        secrecy_reviewed=True,
        privacy_assessed=True,
        by=a_manager(),
    )
