"""An item that names a 数据元: it exists, is of its type, and no longer than it."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from diebian.base.catalogue.actions import draft_entry
from diebian.base.catalogue.changing import propose_change
from diebian.base.catalogue.element_names import USER, elements_behind
from diebian.base.catalogue.facts import EntryFacts, ItemFacts, items_in, line_of
from diebian.base.catalogue.refusals import ElementDiffers
from diebian.base.catalogue.sheets.columns import ITEMS
from diebian.base.catalogue.sheets.opening import opened
from diebian.base.catalogue.sheets.reading import read
from diebian.base.catalogue.sheets.writing import workbook_of
from diebian.base.catalogue.snapshot import facts_of
from diebian.base.elements.public import (
    ElementFacts,
    elements_named,
    propose_element,
    register_element,
    retire_element,
)
from diebian.security.identity.public import session_for
from diebian.standards.metadata import ItemType
from diebian.standards.sharing import SharingType

from .factories import DUE, THEIRS, a_manager, a_published_entry, a_resource, the_authority

pytestmark = pytest.mark.django_db
NAME = ItemFacts("户主姓名", length="30", column="owner", element="DE0001")


@pytest.fixture(autouse=True)
def element_id() -> Any:
    told = ElementFacts("姓名", "样例", ItemType.TEXT, "a..30", "样例标准")
    made = propose_element(facts=told, why="样例", by=a_manager()).public_id
    register_element(element_id=made, identifier="DE0001", by=the_authority())
    return made


def facts(*items: ItemFacts) -> EntryFacts:
    return EntryFacts("样例户表", SharingType.CONDITIONAL, DUE, items=items)


def wrong(**changed: Any) -> ItemFacts:
    told = {"name": "户主姓名", "length": "30", "element": "DE0001"}
    return ItemFacts(**{**told, **changed})


def test_an_item_names_its_element_in_the_last_part_of_its_line() -> None:
    line = "户主姓名 | 字符 | 30 | 1 | 非个人信息 | owner |  | DE0001"
    assert items_in(line) == [NAME]
    assert line_of(NAME) == line
    entry = draft_entry(facts=facts(NAME), by=a_manager())
    assert facts_of(entry).items == (NAME,)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (wrong(element="DE0002"), "没有标准数据元 DE0002"),
        (wrong(type=ItemType.DATE, length="10"), "数据元是字符，这里是日期"),
        (wrong(length="50"), "表示格式是 a..30，这里的长度是 50"),
    ],
)
def test_an_item_that_does_not_agree_is_refused_on_the_form_and_in_the_workbook(
    item: ItemFacts, words: str
) -> None:
    with pytest.raises(ElementDiffers, match=words):
        draft_entry(facts=facts(item), by=a_manager())
    with pytest.raises(ElementDiffers, match=words):
        propose_change(
            entry_id=a_published_entry().public_id, facts=facts(item), why="样例",
            secrecy_reviewed=True, privacy_assessed=True, by=a_manager(),
        )  # fmt: skip
    page = Client()
    session = page.session
    session.update(session_for(a_manager()))
    session.save()
    sent = {"title": "样例", "sharing": "conditional", "review_due": "2030-01-01",
            "items": line_of(item)}  # fmt: skip
    assert words in page.post("/catalogue/draft", sent).content.decode()
    found = read(opened(workbook_of([facts(item)])))
    assert [(fault.sheet, fault.cell) for fault in found.faults] == [(ITEMS, "I2")]
    assert words in found.faults[0].sentence


def test_a_workbook_carries_elements_both_ways_and_minds_no_odd_cell() -> None:
    lines = read(opened(workbook_of([facts(NAME)]))).lines
    assert [line.facts for line in lines] == [facts(NAME)]
    book = load_workbook(BytesIO(workbook_of([facts(NAME)])))
    book[ITEMS]["I2"] = "样例\n元"
    changed = BytesIO()
    book.save(changed)
    told = read(opened(changed.getvalue()))
    assert "应是标识符" in told.faults[0].sentence


def test_a_retired_element_is_named_no_more_but_kept_where_it_was(element_id: Any) -> None:
    entry = draft_entry(facts=facts(NAME), by=a_manager())
    retire_element(element_id=element_id, reason="样例", by=the_authority())
    assert facts_of(entry).items == (NAME,)
    with pytest.raises(ElementDiffers, match="已退役"):
        draft_entry(facts=EntryFacts("样例另一条", SharingType.CONDITIONAL, DUE, items=(NAME,)),
                    by=a_manager())  # fmt: skip


def test_an_element_lists_items_of_entries_that_the_reader_sees() -> None:
    draft_entry(facts=facts(NAME, ItemFacts("住户", element="DE0001")), by=a_manager())
    element = elements_named(["DE0001"])["DE0001"]
    told = USER.names(element, a_manager(), 1)
    assert (told.count, [one.words for one in told.first]) == (2, ["户主姓名"])
    assert told.first[0].differs == ""
    assert USER.names(element, a_manager(THEIRS), 9).count == 0


def test_a_tables_column_is_known_by_the_item_that_stands_for_it() -> None:
    entry = a_published_entry()
    entry.items.filter(column="owner").update(element="DE0001")
    a_resource(entry)
    told = elements_behind(entry.public_id, "people", ["zd", "HZ", "other"])
    assert {column: one.identifier for column, one in told.items()} == {"HZ": "DE0001"}
