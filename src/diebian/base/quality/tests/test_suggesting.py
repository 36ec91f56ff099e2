"""Rules that follow from a column's 数据元: suggested, taken with one click, never twice."""

from pathlib import Path
from typing import Any

import pytest

from diebian.base.elements.public import ElementFacts, propose_element, register_element
from diebian.base.lake.public import lake_table, name_elements
from diebian.base.quality.kinds import KINDS
from diebian.base.quality.models import Rule
from diebian.base.quality.refusals import SuggestionGone
from diebian.base.quality.suggesting import EVERY, suggestions, take_suggestions
from diebian.security.identity.public import Post, Refused
from diebian.standards.elements import Check
from diebian.standards.metadata import ItemType
from tests.browsing import browser

from .people import AUTHORITY, OTHER, a_rule, a_table, who

pytestmark = pytest.mark.django_db
TEXT = ItemType.TEXT
SAID = {  # element and what is suggested for a column of text that holds it
    "DE1": (ElementFacts("公民身份号码", "样例", TEXT, "an18", "样例标准", "id_number"),
            "“sfz”是有效的公民身份号码"),
    "DE2": (ElementFacts("姓名", "样例", TEXT, "a2..30", "样例标准"),
            "“name”的字数在 2 到 30 之间"),
    "DE3": (ElementFacts("性别代码", "样例", TEXT, "n1", "样例标准", codes={"1": "男", "2": "女"}),
            "“sex”是性别代码里的代码"),
    "DE4": (ElementFacts("行政区划代码", "样例", TEXT, "n6", "样例标准"), "“area”是6 位数字"),
}  # fmt: skip
COLUMNS = {"sfz": "DE1", "name": "DE2", "sex": "DE3", "area": "DE4"}


@pytest.fixture(autouse=True)
def _table(settings: Any, tmp_path: Path) -> None:
    settings.DIEBIAN_DATA = tmp_path
    a_table()
    for identifier, (facts, _) in SAID.items():
        made = propose_element(facts=facts, why="样例", by=who()).public_id
        register_element(element_id=made, identifier=identifier, by=who(*AUTHORITY))
    name_elements(slug="people", named=COLUMNS, by=who())


def test_each_element_says_its_rule_with_its_source() -> None:
    told = suggestions(lake_table("people"))
    assert [one.rule.says for one in told] == [says for _, says in SAID.values()]
    assert told[0].rule.basis == "数据元 DE1 公民身份号码（样例标准）"


def test_one_click_takes_one_and_one_takes_all() -> None:
    page, first = browser(who()), suggestions(lake_table("people"))[0]
    assert first.rule.says in page.get("/quality/tables/people/").content.decode()
    page.post("/quality/tables/people/suggested", {"mark": first.mark})
    assert [one.says for one in Rule.objects.all()] == [first.rule.says]
    again = page.post("/quality/tables/people/suggested", {"mark": first.mark})
    assert again.status_code == 409
    page.post("/quality/tables/people/suggested", {"mark": EVERY})
    assert set(Rule.objects.values_list("says", flat=True)) == {says for _, says in SAID.values()}
    assert Rule.objects.filter(basis="", declared_by=who().name).count() == 0
    assert suggestions(lake_table("people")) == []
    with pytest.raises(SuggestionGone):
        take_suggestions(table=lake_table("people"), mark=EVERY, by=who())


def test_what_is_in_force_already_is_not_suggested() -> None:
    a_rule("id_number", column="sfz")
    assert len(suggestions(lake_table("people"))) == len(SAID) - 1


def test_a_column_of_another_type_gets_no_rule_that_it_cannot_answer() -> None:
    name_elements(slug="people", named={"born": "DE3"}, by=who())
    assert suggestions(lake_table("people")) == []


@pytest.mark.parametrize(
    ("post", "of"), [(Post.DATA_MANAGER, OTHER), (Post.DATA_HEAD, "样例登记中心")]
)
def test_only_who_may_declare_takes(post: Post, of: str) -> None:
    with pytest.raises(Refused):
        take_suggestions(table=lake_table("people"), mark=EVERY, by=who(post, of))


def test_every_check_of_an_element_is_a_kind_of_rule() -> None:
    assert {str(one) for one in Check} <= set(KINDS)
