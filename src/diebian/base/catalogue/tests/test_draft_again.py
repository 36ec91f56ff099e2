"""What was withdrawn can be drafted again: the same entry, what it said before is a version."""

from dataclasses import replace

import pytest

from diebian.base.catalogue.actions import (
    approve_entry,
    discard_entry,
    draft_entry,
    publish_entry,
    submit_entry,
    withdraw_entry,
)
from diebian.base.catalogue.changing import propose_change
from diebian.base.catalogue.models import ChangeState, Entry, Resource, State
from diebian.base.catalogue.refusals import NotADraft, TitleTaken
from diebian.base.catalogue.snapshot import facts_of
from diebian.base.catalogue.versions import versions
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import Refused
from tests.browsing import browser

from .factories import (
    THEIRS,
    a_draft,
    a_head,
    a_manager,
    a_published_entry,
    a_resource,
    the_authority,
    told,
)

pytestmark = pytest.mark.django_db
NEW = replace(told(), summary="新的摘要")


def test_the_title_is_drafted_again_as_the_same_entry() -> None:
    entry = _withdrawn()
    again = draft_entry(facts=NEW, by=a_manager())
    assert (again.public_id, again.state, again.reason) == (entry.public_id, State.DRAFT, "")
    _published(again)
    found = Entry.objects.get()
    assert (found.state, facts_of(found)) == (State.PUBLISHED, NEW)
    [before] = versions(found)
    assert before.facts == told()
    assert "职责已调整" in before.why
    assert (before.since, before.until) == (entry.published_at, found.published_at)
    deeds = actions_on(entry.audit_subject)
    assert [one for one in deeds if "drafted" in one or "withdrawn" in one] == [
        "catalogue.entry.drafted",
        "catalogue.entry.withdrawn",
        "catalogue.entry.redrafted",
    ]


def test_what_is_mounted_behind_it_stays_there() -> None:
    entry = a_published_entry()
    a_resource(entry)
    withdraw_entry(entry_id=entry.public_id, reason="样例", by=a_head())
    _published(draft_entry(facts=NEW, by=a_manager()))
    assert Resource.objects.get().entry.state == State.PUBLISHED


def test_another_departments_title_and_one_that_stands_are_no_way_in() -> None:
    _withdrawn()
    own = draft_entry(facts=NEW, by=a_manager(THEIRS))
    assert Entry.objects.count() == 2
    with pytest.raises(TitleTaken):
        draft_entry(facts=NEW, by=a_manager(THEIRS))
    assert own.provider.name == THEIRS


def test_a_change_that_was_under_way_is_its_authors_again() -> None:
    entry = a_published_entry()
    propose_change(
        entry_id=entry.public_id,
        facts=NEW,
        why="样例",
        secrecy_reviewed=True,
        privacy_assessed=True,
        by=a_manager(),
    )
    withdraw_entry(entry_id=entry.public_id, reason="样例", by=a_head())
    draft_entry(facts=NEW, by=a_manager())
    assert entry.changes.get().state == ChangeState.RETURNED


def test_discarded_it_is_withdrawn_as_it_was() -> None:
    _withdrawn()
    again = draft_entry(facts=NEW, by=a_manager())
    discard_entry(entry_id=again.public_id, by=a_manager())
    found = Entry.objects.get()
    assert (found.state, found.reason, found.before) == (State.WITHDRAWN, "职责已调整", None)
    assert facts_of(found) == told()


def test_a_draft_is_discarded_by_its_department_and_its_trace_stays() -> None:
    draft = a_draft(a_manager())
    for nobody in (a_head(), a_manager(THEIRS)):
        with pytest.raises(Refused):
            discard_entry(entry_id=draft.public_id, by=nobody)
    discard_entry(entry_id=draft.public_id, by=a_manager())
    assert not Entry.objects.exists()
    assert actions_on(draft.audit_subject)[-1] == "catalogue.entry.discarded"
    with pytest.raises(NotADraft):
        discard_entry(entry_id=a_published_entry().public_id, by=a_manager())


def test_the_page_of_a_withdrawn_entry_leads_to_a_draft_and_back() -> None:
    entry = _withdrawn()
    mine, address = browser(a_manager()), f"/catalogue/{entry.public_id}/"
    assert "重新起草" in mine.get(address).content.decode()
    form = mine.get(f"{address}edit").content.decode()
    assert "重新起草</h1>" in form
    typed = {"title": entry.title, "sharing": "conditional", "review_due": "2028-01-01"}
    assert mine.post(f"{address}edit", {**typed, "items": "项"}).status_code == 302
    assert "放弃后回到已撤销" in mine.get(address).content.decode()
    back = mine.post(f"{address}discard", follow=True).content.decode()
    assert "这条目录已撤销" in back
    draft = a_draft(a_manager(), "不要的")
    left = mine.post(f"/catalogue/{draft.public_id}/discard")
    assert left["Location"] == "/catalogue/"


def _withdrawn() -> Entry:
    entry = a_published_entry()
    withdraw_entry(entry_id=entry.public_id, reason="职责已调整", by=a_head())
    return entry


def _published(entry: Entry) -> None:
    submit_entry(
        entry_id=entry.public_id, secrecy_reviewed=True, privacy_assessed=True, by=a_manager()
    )
    approve_entry(entry_id=entry.public_id, by=a_head())
    publish_entry(entry_id=entry.public_id, by=the_authority())
