"""变更 of a published entry: what is said until then stays, what was said before is kept."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError

from diebian.base.catalogue.actions import withdraw_entry
from diebian.base.catalogue.changing import (
    approve_change,
    propose_change,
    publish_change,
    send_back_change,
)
from diebian.base.catalogue.facts import EntryFacts, ItemFacts
from diebian.base.catalogue.models import ChangeState, Entry, EntryChange
from diebian.base.catalogue.refusals import (
    AssessmentMissing,
    BasisMissing,
    NothingChanged,
    NotInReview,
    NotPublished,
    OpenTooWide,
    TitleTaken,
)
from diebian.base.catalogue.snapshot import differences, facts_in, facts_of, kept
from diebian.base.catalogue.versions import proposal, versions
from diebian.base.catalogue.waiting import waiting_for
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Refused
from diebian.standards.metadata import UpdateCycle
from diebian.standards.sharing import OpenType, SharingType
from diebian.standards.themes import Theme
from tests.browsing import browser

from .factories import (
    ITEMS,
    THEIRS,
    a_draft,
    a_head,
    a_manager,
    a_published_entry,
    the_authority,
    told,
)

pytestmark = pytest.mark.django_db
NEW = replace(
    told(),
    update_cycle=UpdateCycle.DAY,
    theme=Theme.HOUSING,
    items=(*ITEMS, ItemFacts("投运日期", sharing=SharingType.CONDITIONAL)),
)


def test_a_published_entry_says_the_old_until_the_change_is_published() -> None:
    with clock.held_at(datetime(2026, 3, 1, tzinfo=UTC)):
        entry = a_published_entry()
    _proposed(entry)
    approve_change(entry_id=entry.public_id, by=a_head())
    assert facts_of(_now(entry)) == facts_of(entry)
    with clock.held_at(datetime(2026, 4, 1, tzinfo=UTC)):
        publish_change(entry_id=entry.public_id, by=the_authority())
    assert facts_of(_now(entry)) == NEW
    [before] = versions(_now(entry))
    assert before.facts == facts_of_published()
    assert (str(before.since)[:10], str(before.until)[:10]) == ("2026-03-01", "2026-04-01")
    assert (before.who, before.why) == ("样例data_manager", "换热站增设投运日期")
    assert {one.what for one in before.differences} == {"更新周期", "主题", "信息项“投运日期”"}


def test_the_second_version_begins_where_the_first_ends() -> None:
    entry = a_published_entry()
    for facts in (NEW, told()):
        _proposed(entry, facts)
        approve_change(entry_id=entry.public_id, by=a_head())
        publish_change(entry_id=entry.public_id, by=the_authority())
    second, first = versions(entry)
    assert (first.number, second.number, second.since) == (1, 2, first.until)
    assert second.facts == NEW


def test_each_step_of_a_change_belongs_to_its_person() -> None:
    entry = a_published_entry()
    for nobody in (a_head(), a_manager(THEIRS), the_authority()):
        with pytest.raises(Refused):
            _proposed(entry, by=nobody)
    _proposed(entry)
    with pytest.raises(NotInReview):
        publish_change(entry_id=entry.public_id, by=the_authority())
    for nobody in (a_manager(), a_head(THEIRS), the_authority()):
        with pytest.raises(Refused):
            approve_change(entry_id=entry.public_id, by=nobody)
    approve_change(entry_id=entry.public_id, by=a_head())
    for nobody in (a_manager(), a_head()):
        with pytest.raises(Refused):
            publish_change(entry_id=entry.public_id, by=nobody)


def test_one_change_at_a_time_and_what_came_back_is_proposed_anew() -> None:
    entry = a_published_entry()
    _proposed(entry)
    with pytest.raises(NotInReview):
        _proposed(entry)
    send_back_change(entry_id=entry.public_id, reason="周期不对", by=a_head())
    assert [one.state for one in waiting_for(a_manager())] == ["变更已退回"]
    _proposed(entry, replace(NEW, update_cycle=UpdateCycle.WEEK))
    [change] = EntryChange.objects.all()
    assert (change.state, change.reason) == (ChangeState.OFFICE_REVIEW, "")


def test_a_change_waits_on_the_desks_of_head_and_authority() -> None:
    entry = a_published_entry()
    _proposed(entry)
    assert [one.id for one in waiting_for(a_head())] == [entry.public_id]
    assert waiting_for(the_authority()) == []
    approve_change(entry_id=entry.public_id, by=a_head())
    assert [one.state for one in waiting_for(the_authority())] == ["变更待主管部门发布"]


def test_a_change_of_what_was_withdrawn_meanwhile_is_nobodys_turn() -> None:
    entry = a_published_entry()
    _proposed(entry)
    withdraw_entry(entry_id=entry.public_id, reason="职责已调整", by=a_head())
    assert waiting_for(a_head()) == []
    assert proposal(a_head(), _now(entry)) is None
    approve_change(entry_id=entry.public_id, by=a_head())
    with pytest.raises(NotPublished):
        publish_change(entry_id=entry.public_id, by=the_authority())


def test_what_cannot_be_published_is_not_proposed() -> None:
    entry = a_published_entry()
    a_draft(a_manager(), "别的")
    with pytest.raises(NothingChanged):
        _proposed(entry, facts_of(entry))
    with pytest.raises(TitleTaken):
        _proposed(entry, replace(NEW, title="别的"))
    with pytest.raises(OpenTooWide):
        _proposed(entry, replace(NEW, level=3, open_type=OpenType.UNCONDITIONAL))
    withheld = (ItemFacts("项", sharing=SharingType.NEVER),)
    with pytest.raises(BasisMissing):
        _proposed(entry, replace(NEW, items=withheld))
    with pytest.raises(AssessmentMissing):
        propose_change(
            entry_id=entry.public_id,
            facts=NEW,
            why="样例",
            secrecy_reviewed=True,
            privacy_assessed=False,
            by=a_manager(),
        )
    with pytest.raises(NotPublished):
        _proposed(Entry.objects.get(title="别的"))


def test_the_database_opens_nothing_of_level_three_to_all() -> None:
    a_draft(a_manager())
    with pytest.raises(IntegrityError, match="entry_open_to_all_is_harmless"):
        Entry.objects.update(level=3, open_type=OpenType.UNCONDITIONAL)


def test_what_is_kept_is_what_was_said() -> None:
    assert facts_in(kept(NEW)) == NEW
    assert list(differences(NEW, NEW)) == []
    turned = replace(NEW, items=NEW.items[::-1])
    assert [one.what for one in differences(NEW, turned)] == ["信息项的顺序"]


def test_the_page_leads_from_proposal_to_version() -> None:
    entry = a_published_entry()
    manager, head, authority = (browser(who) for who in (a_manager(), a_head(), the_authority()))
    address = f"/catalogue/{entry.public_id}/"
    form = manager.get(f"{address}change").content.decode()
    assert "户主姓名 | 字符 |  | 3 | 个人信息 | owner</textarea>" in form
    sent = _sent(entry)
    assert manager.post(f"{address}change", {**sent, "why": ""}).status_code == 422
    same = manager.post(f"{address}change", {**sent, "summary": ""})
    assert "没有要变更的" in same.content.decode()
    assert manager.post(f"{address}change", sent).status_code == 302
    assert "提出变更" not in manager.get(address).content.decode().split("经过")[0]
    assert "请您审核变更" in head.get(address).content.decode()
    assert "新的摘要" not in authority.get(address).content.decode()
    head.post(f"{address}change/approve")
    assert "新写 <ins>新的摘要</ins>" in authority.get(address).content.decode()
    authority.post(f"{address}change/publish")
    page = manager.get(address).content.decode()
    assert "看变更前的第 1 版" in page
    old = manager.get(f"{address}versions/1").content.decode()
    assert "现在已不是这样" in old
    assert manager.get(f"{address}versions/2").status_code == 404


def test_machines_change_by_the_same_verbs() -> None:
    entry = a_published_entry()
    address = f"/api/catalogue/entries/{entry.public_id}"
    sent = {**_sent(entry), "secrecy_reviewed": True, "privacy_assessed": True}
    bare, kind = {"title": "样例"}, "application/json"
    wrong = browser(a_manager()).post(f"{address}/change", bare, content_type=kind)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "kernel.invalid")
    steps: list[tuple[Actor, str, Any]] = [
        (a_manager(), "change", sent),
        (a_head(), "change-return", {"reason": "改"}),
        (a_manager(), "change", sent),
        (a_head(), "change-approval", {}),
        (the_authority(), "change-publication", {}),
    ]
    for who, verb, body in steps:
        answer = browser(who).post(f"{address}/{verb}", body, content_type="application/json")
        assert answer.status_code == 201, (verb, answer.content)
    assert _now(entry).summary == "新的摘要"
    unknown = browser(a_head()).post(f"{address}/change-x", {}, content_type="application/json")
    assert unknown.status_code == 404


def facts_of_published() -> EntryFacts:
    return replace(told(), items=ITEMS)


def _now(entry: Entry) -> Entry:
    return Entry.objects.select_related("provider").get(pk=entry.pk)


def _proposed(entry: Entry, facts: EntryFacts = NEW, by: Actor | None = None) -> EntryChange:
    return propose_change(
        entry_id=entry.public_id,
        facts=facts,
        why="换热站增设投运日期",
        secrecy_reviewed=True,
        privacy_assessed=True,
        by=by or a_manager(),
    )


def _sent(entry: Entry) -> dict[str, Any]:
    from diebian.base.catalogue.forms import initial_of

    facts = initial_of(facts_of(entry))
    told = {name: value for name, value in facts.items() if value is not None}
    ticks = {"secrecy_reviewed": "on", "privacy_assessed": "on"}
    return {**told, **ticks, "why": "样例理由", "summary": "新的摘要"}
