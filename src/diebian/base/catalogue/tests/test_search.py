"""What is found, in which order, and what each filter counts."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from diebian.base.catalogue.actions import (
    approve_entry,
    draft_entry,
    publish_entry,
    submit_entry,
)
from diebian.base.catalogue.facts import ItemFacts
from diebian.base.catalogue.listing import Listing, listing, question_from
from diebian.base.catalogue.models import Entry, Resource, Synonym
from diebian.base.catalogue.search import variants
from diebian.kernel import clock
from diebian.security.identity.public import Actor
from diebian.standards.sharing import OpenType, SharingType
from diebian.standards.themes import Theme

from .factories import BUREAU, OURS, THEIRS, a_head, a_manager, the_authority, told

pytestmark = pytest.mark.django_db


def test_the_title_comes_before_the_item_and_the_item_before_the_department() -> None:
    _published("乙", of=BUREAU)  # its department's name has the word 数据局
    _published("甲", items=["数据局编号"])
    _published("各数据局名单")
    _published("数据局名单")
    assert _titles(_ask("数据局")) == ["数据局名单", "各数据局名单", "甲", "乙"]


@pytest.mark.parametrize("words", ["取暖", "采暖 站点", "GRZ", "grz", "供热站"])
def test_words_synonyms_and_initials_find_it(words: str) -> None:
    Synonym.objects.bulk_create(Synonym(word=word, group=1) for word in ["采暖", "取暖", "供热"])
    _published("样例供热站点")
    _published("样例供水站点")
    assert _titles(_ask(words)) == ["样例供热站点"]


def test_a_word_itself_comes_before_its_synonyms() -> None:
    Synonym.objects.bulk_create(Synonym(word=word, group=1) for word in ["采暖", "供热"])
    _published("某供热站点")
    _published("站点采暖")
    assert _titles(_ask("采暖")) == ["站点采暖", "某供热站点"]


def test_every_term_must_be_found_somewhere() -> None:
    _published("站点", items=["户号"])
    _published("站点名单")
    assert _titles(_ask("站点 户号")) == ["站点"]
    assert _titles(_ask(f"户号 {OURS}")) == ["站点"]
    assert _titles(_ask("站点 没有的")) == []


def test_a_synonym_stands_for_its_part_of_a_term() -> None:
    Synonym.objects.bulk_create(Synonym(word=word, group=1) for word in ["房子", "房屋"])
    assert variants("房子面积") == ["房屋面积"]
    assert variants("面积") == []


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=120))
def test_whatever_is_asked_is_answered(words: str) -> None:
    data = QueryDict(mutable=True)
    data["q"] = data["county"] = data["mounted"] = words
    assert listing(the_authority(), question_from(data)).page.paginator.count == 0


def test_signs_of_like_are_signs() -> None:
    _published("增长100%名单")
    _published("增长1000名单")
    assert _titles(_ask("100%")) == ["增长100%名单"]
    assert _titles(_ask("_")) == []


def test_each_filter_counts_under_the_others_but_not_under_itself() -> None:
    _published("甲", theme=Theme.HOUSING)
    _published("乙", theme=Theme.HOUSING, sharing=SharingType.UNCONDITIONAL)
    _published("丙", theme=Theme.CREDIT, of=THEIRS, open_type=OpenType.UNCONDITIONAL)
    _mount(Entry.objects.get(title="甲"))
    found = _ask(theme=[Theme.HOUSING], sharing=[SharingType.CONDITIONAL])
    assert _titles(found) == ["甲"]
    assert _counts(found, "theme") == {Theme.HOUSING: 1, Theme.CREDIT: 1}
    assert _counts(found, "sharing") == {
        SharingType.CONDITIONAL: 1,
        SharingType.UNCONDITIONAL: 1,
    }
    assert _counts(found, "mounted") == {"true": 1}
    assert _counts(_ask(), "mounted") == {"false": 2, "true": 1}
    assert _counts(_ask(), "open") == {OpenType.CLOSED: 2, OpenType.UNCONDITIONAL: 1}
    assert _titles(_ask(mounted=["false"])) == ["丙", "乙"]
    assert _titles(_ask(mounted=["false", "true"], open=["unconditional"])) == ["丙"]


def test_a_filter_by_county_names_the_city_itself_too() -> None:
    _published("甲")
    Entry.objects.filter(pk=_published("乙").pk).update(county="110101")
    assert _counts(_ask(), "county") == {"": 1, "110101": 1}
    assert _titles(_ask(county=[""])) == ["甲"]
    [facet] = [one for one in _ask(county=[""]).facets if one.name == "county"]
    assert [(one.label, one.is_chosen) for one in facet.choices] == [
        ("市级", True),
        ("110101", False),
    ]


def _published(
    title: str,
    *,
    items: Sequence[str] = ("项",),
    of: str = OURS,
    theme: Theme | None = None,
    sharing: SharingType = SharingType.CONDITIONAL,
    open_type: OpenType = OpenType.CLOSED,
) -> Entry:
    named = tuple(ItemFacts(name) for name in items)
    facts = replace(told(title), items=named, theme=theme, sharing=sharing, open_type=open_type)
    made = draft_entry(facts=facts, by=a_manager(of)).public_id
    submit_entry(entry_id=made, secrecy_reviewed=True, privacy_assessed=True, by=a_manager(of))
    approve_entry(entry_id=made, by=a_head(of))
    return publish_entry(entry_id=made, by=the_authority())


def _mount(entry: Entry) -> None:
    Resource.objects.create(
        entry=entry, slug="sample", title="样例", contract={"fields": {}}, mounted_at=clock.now()
    )


def _ask(words: str = "", by: Actor | None = None, **chosen: Sequence[str]) -> Listing:
    data = QueryDict(mutable=True)
    data["q"] = words
    for name, values in chosen.items():
        data.setlist(name, values)
    return listing(by or the_authority(), question_from(data))


def _titles(found: Listing) -> list[str]:
    assert found.page.paginator.count == len(found.page.object_list)
    return [one.entry.title for one in found.page.object_list]


def _counts(found: Listing, name: str) -> dict[str, int]:
    [facet] = [one for one in found.facets if one.name == name]
    return {one.value: one.count for one in facet.choices}
