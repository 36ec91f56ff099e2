"""Questions choose papers. Pure: no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.scenes.services.items.facts import (
    Demand,
    FormField,
    ItemFacts,
    Situation,
    facts_in,
    kept,
)
from diebian.scenes.services.items.situations import applies, chosen, faults, questions
from diebian.scenes.services.items.told import Names, changes_of

YES_NO = ("yes", "no")
MARRIED = Situation("married", "您结婚了吗？", YES_NO)
CHILDREN = Situation("children", "有孩子吗？", YES_NO, {"married": ("yes",)})
BOOK = Demand("M2", when={"married": ("yes",)})
CERTIFICATE = Demand("M3", when={"children": ("yes",)})
FACTS = ItemFacts(
    "样例", "公共服务", "x",
    materials=(Demand("M1"), BOOK, CERTIFICATE),
    situations=(MARRIED, CHILDREN),
    fields=(FormField("配偶姓名", when={"married": ("yes",)}),),
)  # fmt: skip


def test_a_question_that_hangs_on_an_answer_comes_when_it_is_given() -> None:
    assert [one.situation.slug for one in questions(FACTS, {})] == ["married"]
    asked = questions(FACTS, {"married": "yes"})
    assert [(one.situation.slug, one.answer) for one in asked] == [
        ("married", "yes"), ("children", ""),
    ]  # fmt: skip


def test_an_answer_that_has_become_pointless_is_forgotten() -> None:
    assert chosen(FACTS, {"married": "no", "children": "yes"}) == {"married": "no"}


def test_what_nobody_offered_is_no_answer() -> None:
    assert chosen(FACTS, {"married": "perhaps", "other": "yes"}) == {}


@pytest.mark.parametrize(
    ("answers", "told"),
    [({}, None), ({"married": "yes"}, True), ({"married": "no"}, False)],
)
def test_a_paper_is_wanted_by_the_answers(answers: dict[str, str], told: bool | None) -> None:
    assert applies(BOOK.when, answers) is told


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (ItemFacts("x", "x", "x", situations=(MARRIED, MARRIED)), "写了两次"),
        (ItemFacts("x", "x", "x", situations=(Situation("a", "?", YES_NO[:1]),)), "至少要有两个"),
        (ItemFacts("x", "x", "x", situations=(CHILDREN, MARRIED)), "前面没有的情形“married”"),
        (ItemFacts("x", "x", "x", materials=(BOOK,)), "材料“M2”引用了前面没有的情形"),
        (
            ItemFacts("x", "x", "x", materials=(Demand("M2", when={"married": ("so",)}),),
                      situations=(MARRIED,)),
            "没有的选项“so”",
        ),
    ],
)  # fmt: skip
def test_questions_that_cannot_be_asked_are_told(wrong: ItemFacts, says: str) -> None:
    assert any(says in one for one in faults(wrong))


def test_the_sample_has_no_fault_and_is_kept_whole() -> None:
    assert list(faults(FACTS)) == []
    assert kept(facts_in(kept(FACTS))) == kept(FACTS)


def test_a_change_names_each_paper_and_question_that_differs() -> None:
    after = ItemFacts("样例", "公共服务", "x", promised_days=3, materials=(Demand("M1"),))
    told = [str(one) for one in changes_of("S1", FACTS, after, Names())]
    assert "变更 S1 承诺时限：空 → 3" in told
    assert any("材料“M2”" in one and one.endswith("→ 空") for one in told)
    assert any("情形“您结婚了吗？”" in one for one in told)


@given(st.dictionaries(st.sampled_from(["married", "children", "x"]), st.text(max_size=4)))
def test_answers_are_always_answers_to_questions_that_are_asked(sent: dict[str, str]) -> None:
    answers = chosen(FACTS, sent)
    asked = {one.situation.slug for one in questions(FACTS, answers)}
    assert set(answers) <= asked
