"""The lines of the form and of the workbook: what is written is what is read. Pure."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.scenes.services.items.facts import Demand, FormField, ItemFacts, Situation
from diebian.scenes.services.items.lines import (
    LineWrong,
    fields_in,
    fields_of,
    materials_in,
    materials_of,
    situations_in,
    situations_of,
)
from diebian.scenes.services.items.told import Names

KNOWN = {"居民户口簿": "M8", "户口本": "M8", "M8": "M8"}
NAMES = Names(materials={"M8": "居民户口簿"})
WORD = st.text("甲乙丙丁戊abc19", min_size=1, max_size=6)
WHEN = st.dictionaries(WORD, st.lists(WORD, min_size=1, max_size=3, unique=True), max_size=2)
DEMAND = st.one_of(
    st.builds(
        Demand,
        material=st.just("M8"),
        when=WHEN,
        note=st.one_of(st.just(""), WORD),
        later=st.integers(0, 60),
    ),
    st.builds(Demand, name=WORD, when=WHEN, way=st.sampled_from(["", "statement", "paper"])),
)
SITUATION = st.builds(
    Situation,
    slug=WORD,
    question=WORD,
    choices=st.lists(WORD, min_size=2, max_size=4, unique=True).map(tuple),
    asked_when=WHEN,
    says=st.one_of(st.just(""), WORD),
)
FACTS = st.builds(
    ItemFacts,
    name=WORD,
    kind=WORD,
    credit_code=WORD,
    materials=st.lists(DEMAND, max_size=4).map(tuple),
    situations=st.lists(SITUATION, max_size=3).map(tuple),
    fields=st.lists(st.builds(FormField, label=WORD, origin=WORD, when=WHEN), max_size=3).map(
        tuple
    ),
)


@given(FACTS)
def test_what_is_written_as_lines_is_read_back_the_same(facts: ItemFacts) -> None:
    assert materials_in(materials_of(facts, NAMES), KNOWN) == facts.materials
    assert situations_in(situations_of(facts)) == facts.situations
    assert fields_in(fields_of(facts)) == facts.fields


def test_a_paper_is_known_by_name_alias_and_code_and_the_bar_may_be_wide() -> None:
    told = materials_in("居民户口簿\n户口本 ｜ 婚姻=已婚，离异\r\nM8||本人声明代替", KNOWN)
    assert [one.material for one in told] == ["M8", "M8", "M8"]
    assert told[1].when == {"婚姻": ["已婚", "离异"]}
    assert told[2].way == "statement"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("户口本 | 婚姻", "第 1 行：“婚姻”应写成 情形=选项"),
        ("\n户口本 | | 怎么都行", "第 1 行：“怎么都行”应是"),
        ("户口本|||", None),
        ("户口本||||多了", "工作日数"),
        ("户口本|||||多了", "最多 5 格"),
        ("| a=b", "第一格没有写"),
        ("长" * 501, "超过 500 个字"),
        ("\n".join(["户口本"] * 201), "最多 200 行"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(text: str, says: str | None) -> None:
    if says is None:
        assert materials_in(text, KNOWN)
        return
    with pytest.raises(LineWrong, match=says):
        materials_in(text, KNOWN)


READERS = (lambda told: materials_in(told, KNOWN), situations_in, fields_in)


@given(st.text(max_size=200), st.sampled_from(READERS))
def test_any_text_is_read_or_refused_with_a_sentence(text: str, read: Any) -> None:
    with suppress(LineWrong):
        assert isinstance(read(text), tuple)
