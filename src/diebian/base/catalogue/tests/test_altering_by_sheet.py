"""A workbook goes out, entries are changed in it, it comes back: seen first, then done."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from diebian.base.catalogue.actions import edit_entry, withdraw_entry
from diebian.base.catalogue.models import ChangeState, Entry, EntryChange, SheetUpload, State
from diebian.base.catalogue.planned import Fate
from diebian.base.catalogue.refusals import AssessmentMissing, ChangedSince, ReasonMissing
from diebian.base.catalogue.sheets.columns import ENTRIES
from diebian.base.catalogue.sheets.writing import workbook_of
from diebian.base.catalogue.uploading import receive_sheet, shown_of, take_right, workbook_for
from diebian.security.identity.public import Actor
from tests.browsing import browser

from .factories import (
    THEIRS,
    a_draft,
    a_head,
    a_manager,
    a_published_entry,
    a_submitted_entry,
    accounts,
    notices_of,
    told,
)

pytestmark = pytest.mark.django_db
SUMMARY, RESPONSIBLE, NUMBER = "B", "K", "M"
TICKED: dict[str, Any] = {"why": "职责调整", "secrecy_reviewed": True, "privacy_assessed": True}


def test_what_comes_back_unchanged_changes_nothing() -> None:
    a_published_entry("甲")
    a_draft(a_manager(), "乙")
    a_submitted_entry("丙")
    upload = _sent(workbook_for(a_manager()))
    assert (upload.same, upload.right, upload.faults) == (3, [], [])
    assert not EntryChange.objects.exists()


def test_drafts_are_altered_and_published_entries_get_a_proposal_after_a_look() -> None:
    a_published_entry("甲")
    a_draft(a_manager(), "乙")
    accounts(a_head())
    upload = _sent(_edited({f"{SUMMARY}2": "新", f"{SUMMARY}3": "新"}))
    assert upload.taken_at is None
    assert set(Entry.objects.values_list("summary", flat=True)) == {""}
    shown = shown_of(upload)
    assert list(shown) == [Fate.EDITED, Fate.PROPOSED]
    [one] = shown[Fate.PROPOSED]
    assert [(each.what, each.will) for each in one.differences] == [("摘要", "新")]
    for lacking in ("why", "secrecy_reviewed", "privacy_assessed"):
        with pytest.raises((AssessmentMissing, ReasonMissing)):
            _take(upload, **{**TICKED, lacking: ""})
    taken = _take(upload, **TICKED)
    assert (taken.taken, taken.edited, taken.proposed) == (0, 1, 1)
    assert dict(Entry.objects.values_list("title", "summary")) == {"甲": "", "乙": "新"}
    change = EntryChange.objects.get()
    assert (change.state, change.why) == (ChangeState.OFFICE_REVIEW, "职责调整")
    assert len(notices_of(a_head())) == 1


def test_by_its_number_an_entry_gets_another_title() -> None:
    draft = a_draft(a_manager(), "旧名")
    _take(_sent(_edited({"A2": "新名", **_items_of("新名")})))
    assert Entry.objects.get().title == "新名"
    assert Entry.objects.get().pk == draft.pk


def test_without_a_number_the_title_says_which_it_is() -> None:
    a_draft(a_manager(), "甲")
    _take(_sent(_edited({f"{NUMBER}2": None, f"{SUMMARY}2": "新"})))
    assert (Entry.objects.count(), Entry.objects.get().summary) == (1, "新")


def test_a_withdrawn_title_is_drafted_again() -> None:
    entry = a_published_entry()
    withdraw_entry(entry_id=entry.public_id, reason="样例", by=a_head())
    upload = _sent(workbook_of([told()]))
    assert list(shown_of(upload)) == [Fate.AGAIN]
    _take(upload)
    assert Entry.objects.get().state == State.DRAFT


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        ({f"{NUMBER}2": str(uuid4())}, f"{NUMBER}2 本部门没有这个编号"),
        ({f"{NUMBER}2": "x"}, f"{NUMBER}2 本部门没有这个编号"),
        ({"A2": "乙", "A3": "丁"}, "A2 本部门已有同名目录"),
        ({f"{SUMMARY}2": "新"}, "A2 正在审核"),
    ],
)
def test_what_cannot_be_altered_is_told_at_its_cell(edit: dict[str, Any], fault: str) -> None:
    a_submitted_entry("丙")
    a_draft(a_manager(), "乙")
    upload = _sent(_edited(edit))
    assert any(f"{cell} {says}".startswith(fault) for _, cell, says in upload.faults)
    assert upload.taken_at is None


def test_the_entry_of_another_department_is_not_reached_by_its_number() -> None:
    other = a_draft(a_manager(THEIRS), "别人的")
    a_draft(a_manager(), "甲")
    upload = _sent(_edited({f"{NUMBER}2": str(other.public_id), f"{SUMMARY}2": "新"}))
    assert [says[:11] for _, _, says in upload.faults] == ["本部门没有这个编号的目"]


def test_the_same_entry_twice_is_a_fault() -> None:
    draft = a_draft(a_manager(), "甲")
    number = {f"{NUMBER}3": str(draft.public_id)}
    again = {"A3": "又甲", "D3": "有条件共享", "L3": "2027-01-01", **number}
    upload = _sent(_edited(again))
    assert [cell for _, cell, _ in upload.faults] == ["A3"]


def test_what_changed_after_it_was_shown_is_not_overwritten() -> None:
    draft = a_draft(a_manager(), "甲")
    upload = _sent(_edited({f"{SUMMARY}2": "从表格来"}))
    edit_entry(entry_id=draft.public_id, facts=told("甲改"), by=a_manager())
    with pytest.raises(ChangedSince, match="甲"):
        _take(upload)
    assert Entry.objects.get().title == "甲改"


def test_the_pages_show_the_difference_ask_and_tell_what_was_done() -> None:
    a_published_entry("甲")
    client = browser(a_manager())
    content = _edited({f"{SUMMARY}2": "新的摘要"})
    sent = SimpleUploadedFile("样例.xlsx", content)
    page = client.post("/catalogue/sheet", {"sheet": sent}, follow=True).content.decode()
    assert "请看过再决定" in page
    assert "新写 <ins>新的摘要</ins>" in page
    upload = SheetUpload.objects.get()
    address = f"/catalogue/sheet/{upload.public_id}/take"
    wrong = client.post(address, {"secrecy_reviewed": "on", "privacy_assessed": "on"})
    assert wrong.status_code == 422
    assert "请写明理由" in wrong.content.decode()
    ticked = {"secrecy_reviewed": "on", "privacy_assessed": "on", "why": "职责调整"}
    done = client.post(address, ticked, follow=True).content.decode()
    assert "提出 1 条变更" in done


def _sent(content: bytes) -> SheetUpload:
    return receive_sheet(content=content, name="样例.xlsx", by=a_manager())


def _take(upload: SheetUpload, by: Actor | None = None, **words: Any) -> SheetUpload:
    return take_right(upload_id=upload.public_id, by=by or a_manager(), **words)


def _edited(edit: dict[str, Any]) -> bytes:
    """The department's own workbook, with cells of the first sheet as somebody left them."""
    book = load_workbook(BytesIO(workbook_for(a_manager())))
    for at, value in edit.items():
        sheet, _, cell = at.rpartition("!")
        book[sheet or ENTRIES][cell] = value
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _items_of(title: str) -> dict[str, Any]:
    return {f"信息项!A{line}": title for line in (2, 3)}
