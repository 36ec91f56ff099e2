"""Members and what comes before which: one form, one list of papers, one drawing, what is wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diebian.base.process.public import check_file
from diebian.scenes.services.items.facts import Demand, Situation
from diebian.scenes.services.refusals import ThemeFaulty
from diebian.scenes.services.themes.compiling import compiled
from diebian.scenes.services.themes.facts import About, Asked, Compiled, Place, Plan
from diebian.scenes.services.themes.ordering import One, Parallel, Series

from .made import SUBJECTS, by_code, item, theme
from .test_ordering import Needs, any_needs


def of(told: Plan, *items: object) -> Compiled:
    return compiled(told, by_code(*items), SUBJECTS)  # type: ignore[arg-type]


def says(told: Compiled, about: About) -> list[str]:
    return [note.says for note in told.notes if note.about == about]


@settings(max_examples=25)
@given(any_needs())
def test_whatever_is_compiled_can_be_deployed(needs: Needs) -> None:
    told = of(theme(**needs), *(item(code) for code in needs))
    check_file(told.drawing.encode())
    assert [part.code for part in told.parts] == list(needs)


def test_members_run_side_by_side_and_behind_what_they_need() -> None:
    told = of(
        theme(A=[], B=["A"], C=["A"], D=["C"]),
        item("A", promised_days=1), item("B", promised_days=20), item("C", promised_days=3),
        item("D", promised_days=0),
    )  # fmt: skip
    assert told.order == Series(
        (One("A"), Parallel((One("B"), Series((One("C"), One("D")))))),
    )
    assert (told.days, told.days_one_by_one) == (21, 24)
    assert told.part("D").behind == ("A", "C")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (theme(), "没有成员事项"),
        (theme(A=["B"], B=["A"]), "前后关系绕成了圈：A“事项A”要等B“事项B”要等A“事项A”"),
        (theme(A=["A"]), "绕成了圈：A“事项A”要等A“事项A”"),
        (theme(A=[], X=[]), "没有事项 X，或者它已停办"),
        (theme(A=[], B=["Z"]), "B“事项B”要等 Z 办完，Z 不在这件事里"),
        (Plan("OT1", "样例", (Place("A"), Place("A"))), "A“事项A”写了 2 次"),
    ],
)
def test_what_is_wrong_with_a_theme_is_told_with_names(told: Plan, sentence: str) -> None:
    with pytest.raises(ThemeFaulty, match=sentence):
        of(told, item("A"), item("B"))


def test_a_name_with_signs_of_xml_and_feel_is_only_a_name() -> None:
    told = of(theme(A=[]), item("A", name="<\"&\\'事项"))
    check_file(told.drawing.encode())


MARRIED = Situation("婚姻", "您结婚了吗？", ("已婚", "未婚"))


def test_the_same_question_is_asked_once() -> None:
    again = Situation("married", "您结婚了吗", ("未婚", "已婚"))
    told = of(
        theme(A=[], B=[]),
        item("A", Demand("M3", when={"婚姻": ["已婚"]}), situations=(MARRIED,)),
        item("B", Demand("M2", when={"married": ["未婚"]}), situations=(again,)),
    )
    assert [(one.situation.slug, one.wanted_by) for one in told.questions] == [("婚姻", ("A", "B"))]
    assert [dict(use.when) for one in told.papers for use in one.uses] == [
        {"婚姻": ("已婚",)}, {"婚姻": ("未婚",)},
    ]  # fmt: skip
    assert told.conflicts == []


def test_a_question_with_other_choices_stays_and_is_told() -> None:
    other = Situation("婚姻", "您结婚了吗？", ("已婚", "未婚", "离异"))
    told = of(theme(A=[], B=[]), item("A", situations=(MARRIED,)), item("B", situations=(other,)))
    assert [one.situation.slug for one in told.questions] == ["婚姻", "婚姻-2"]
    assert says(told, About.QUESTION) == [
        "“您结婚了吗？”问了两遍：事项A的选项是已婚、未婚，事项B的选项是已婚、未婚、离异"
    ]


def test_who_asks_fewer_people_goes_by_the_answer_only_of_those() -> None:
    """A asks only those who live here; B asks everybody: A's paper is still of those here."""
    here = Situation("here", "您住在本市吗？", ("是", "否"))
    of_some = Situation("婚姻", MARRIED.question, MARRIED.choices, asked_when={"here": ["是"]})
    told = of(
        theme(A=[], B=[]),
        item("A", Demand("M3", when={"婚姻": ["已婚"]}), situations=(here, of_some)),
        item("B", situations=(MARRIED,)),
    )
    assert [dict(one.situation.asked_when) for one in told.questions] == [{}, {}]
    assert dict(told.papers[0].uses[0].when) == {"婚姻": ("已婚",), "here": ("是",)}


def test_a_line_of_the_form_is_filled_once_and_from_where_somebody_has_it() -> None:
    told = of(
        theme(A=[], B=[], C=[]),
        item("A", fields=[Asked("联系电话")]),
        item("B", fields=[Asked("联系电话", origin="实名认证")]),
        item("C", fields=[Asked("联系电话", kind="digits", bounds="11 位")]),
    )
    assert [(one.origin, [use.member for use in one.uses]) for one in told.fields] == [
        ("实名认证", ["A", "B"]), ("", ["C"]),
    ]  # fmt: skip
    assert says(told, About.FIELD) == [
        "表单项“联系电话”：事项A、事项B写的是文字、从实名认证填，事项C写的是digits、11 位、本人填"
    ]


def test_names_that_look_alike_are_told() -> None:
    told = of(theme(A=[]), item("A", fields=[Asked("家庭住址"), Asked("家庭地址")]))
    assert says(told, About.ALIKE) == ["表单项“家庭住址”和“家庭地址”名字相近，是不是同一项？"]


def test_two_entries_with_the_same_behind_them_are_one_paper() -> None:
    told = of(theme(A=[], B=[]), item("A", "M1"), item("B", "M4"))
    assert [(one.name, dict(one.codes)) for one in told.papers] == [
        ("居民身份证", {"A": "M1", "B": "M4"})
    ]
    assert says(told, About.MERGED) == ["“居民身份证”：事项A、事项B都要，只要一份"]


def test_who_uses_what_another_gives_and_does_not_wait_is_told() -> None:
    told = of(theme(A=[], B=[], C=["A"]), item("A", gives="L2"), item("B", "M2"), item("C", "M2"))
    assert told.papers[0].givers == ("A",)
    assert says(told, About.PAPER) == ["“出生医学证明”由事项A办出，事项B要用它，却不等事项A办完"]


def test_waiting_that_nobody_needs_is_told_with_its_cost() -> None:
    told = of(theme(a=[], b=[], c=["a"], d=["a", "b"]),
              item("a", promised_days=1), item("b", promised_days=9),
              item("c", promised_days=9), item("d", promised_days=1))  # fmt: skip
    assert says(told, About.WAITING) == [
        "前后关系画不成并行块：事项b多等了事项a，最长的路从 10 天变成 11 天"
    ]


@settings(max_examples=25)
@given(any_needs(), st.randoms())
def test_the_same_in_gives_the_same_out(needs: Needs, random: object) -> None:
    items = [item(code) for code in needs]
    once = of(theme(**needs), *items)
    random.shuffle(items)  # type: ignore[attr-defined]
    assert of(theme(**needs), *items) == once
