"""Which 数据元 a column holds: said by its manager, guessed for them, told where it differs."""

from pathlib import Path
from typing import Any

import pytest

from diebian.base.elements.public import (
    ElementFacts,
    ElementUnknown,
    elements_named,
    propose_element,
    register_element,
    retire_element,
)
from diebian.base.lake.element_names import USER
from diebian.base.lake.hold_actions import hold_collection
from diebian.base.lake.models import Collection
from diebian.base.lake.naming import column_lines, elements_of, name_elements
from diebian.base.lake.naming_loading import load_namings
from diebian.base.lake.refusals import ColumnsUnclear
from diebian.base.lake.selectors import open_hold
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Post, Refused
from diebian.standards.metadata import ItemType
from diebian.standards.profile import CityProfile
from diebian.standards.profile.documents import Document
from diebian.standards.profile.parsed import Parsed
from tests.browsing import browser

from .people import BUREAU, OTHER, a_collection, file_source, who

pytestmark = pytest.mark.usefixtures("lake_place")
TYPES = {"id": "BIGINT", "zch": "VARCHAR", "born": "DATE"}
AUTHORITY = (Post.AUTHORITY, BUREAU)


@pytest.fixture
def table() -> Collection:
    _standard("DE0001", "注册号", ItemType.TEXT, "n15", check="registration")
    _standard("DE0002", "出生日期", ItemType.DATE, "YYYYMMDD")
    (file_source() / "p.csv").write_text("id,zch,born\n")
    return a_collection("people", source="files", table="p.csv", types=TYPES)


def _standard(identifier: str, name: str, type_: ItemType, format_: str, check: str = "") -> Any:
    told = ElementFacts(name, "样例", type_, format_, "样例标准", check)
    made = propose_element(facts=told, why="样例", by=who()).public_id
    return register_element(element_id=made, identifier=identifier, by=who(*AUTHORITY))


def test_the_page_guesses_and_one_click_takes_the_guess(table: Collection) -> None:
    page = browser(who())
    assert 'value="DE0001"' in page.get("/lake/people/elements").content.decode()
    answer = page.post("/lake/people/elements", {"column-1": "DE0001", "column-2": ""})
    assert answer.status_code == 302
    assert {name: one.name for name, one in elements_of(table.pk).items()} == {"zch": "注册号"}
    assert "注册号" in page.get("/lake/people/").content.decode()
    assert actions_on(table.audit_subject)[-1] == "lake.collection.elements_named"


def test_saving_what_is_said_already_leaves_no_line(table: Collection) -> None:
    for _ in range(2):
        name_elements(slug="people", named={"zch": "DE0001"}, by=who())
    assert actions_on(table.audit_subject).count("lake.collection.elements_named") == 1
    name_elements(slug="people", named={}, by=who())
    assert elements_of(table.pk) == {}


@pytest.mark.parametrize(
    ("named", "refusal"),
    [({"zch": "DE9999"}, ElementUnknown), ({"gone": "DE0001"}, ColumnsUnclear)],
)
def test_what_there_is_not_is_not_named(
    table: Collection, named: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        name_elements(slug="people", named=named, by=who())
    assert elements_of(table.pk) == {}


def test_an_unknown_identifier_is_told_on_the_page_with_what_was_typed(table: Collection) -> None:
    answer = browser(who()).post(f"/lake/{table.slug}/elements", {"column-1": "DE9"})
    assert answer.status_code == 422
    assert "列“zch”：DE9" in answer.content.decode()


def test_only_the_manager_of_the_table_names(table: Collection) -> None:
    for actor in (who(of=OTHER), who(Post.DATA_HEAD), who(*AUTHORITY)):
        with pytest.raises(Refused):
            name_elements(slug=table.slug, named={"zch": "DE0001"}, by=actor)


def test_a_retired_element_stays_where_it_is_and_comes_nowhere_else(table: Collection) -> None:
    name_elements(slug="people", named={"zch": "DE0001"}, by=who())
    old = _standard("DE0003", "旧号", ItemType.TEXT, "n15")
    name_elements(slug="people", named={"zch": "DE0003"}, by=who())
    retire_element(element_id=old.public_id, reason="样例", by=who(*AUTHORITY))
    name_elements(slug="people", named={"zch": "DE0003", "born": "DE0002"}, by=who())
    with pytest.raises(ElementUnknown):
        name_elements(slug="people", named={"zch": "DE0003", "id": "DE0003"}, by=who())
    assert elements_of(table.pk)["zch"].is_retired


def test_a_column_of_another_type_than_its_element_is_told(table: Collection) -> None:
    name_elements(slug="people", named={"zch": "DE0002"}, by=who())
    told = {line.name: line.differs for line in column_lines(table)}
    assert told == {"id": "", "zch": "数据元是日期，这里是字符", "born": ""}
    element = elements_named(["DE0002"])["DE0002"]
    named = USER.names(element, who(), 9)
    assert [(one.words, one.differs) for one in named.first] == [("zch", told["zch"])]
    for actor in (who(of=OTHER), who(Post.APPLICANT)):
        assert USER.names(element, actor, 9).count == 0


def test_a_hold_says_that_the_source_leaves_the_element(table: Collection) -> None:
    name_elements(slug="people", named={"born": "DE0002"}, by=who())
    hold_collection(collection=table, found={"retyped": {"born": ["DATE", "VARCHAR"]}})
    told = open_hold(table)
    assert told is not None
    assert told[1].endswith("现在是文字 VARCHAR，和数据元“出生日期”（日期）不一致")


def test_a_citys_folder_names_columns_once_until_a_person_has(table: Collection) -> None:
    columns = {"zch": "DE0001", "born": "DE0002", "gone": "DE0001"}
    listed = [{"table": "people", "columns": columns},
              {"table": "later", "columns": {"id": "DE0001"}}]  # fmt: skip
    file = "data_elements.yaml"
    parsed = Parsed(documents={file: Document(file, {"elements": [], "tables": listed})})
    empty: Any = {}
    city = CityProfile(Path(), empty, [], [], [], [], empty, empty, empty, parsed)
    for dry_run in (True, False):
        told = [str(one) for one in load_namings(city, PLATFORM, dry_run)]
        assert told == [
            "新增 归集 people 的列 zch 是数据元 DE0001",
            "新增 归集 people 的列 born 是数据元 DE0002",
        ]
    assert load_namings(city, PLATFORM, False) == []
    name_elements(slug="people", named={"zch": "DE0001"}, by=who())  # born is none, says a person
    assert load_namings(city, PLATFORM, False) == []
    assert set(elements_of(table.pk)) == {"zch"}
