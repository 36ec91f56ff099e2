"""What is outside of the subset is refused with its line, its element and a sentence."""

import pytest

from diebian.base.process.decisions.reading import read_model, surveyed
from diebian.base.process.decisions.refusals import NotAccepted
from diebian.base.process.expressions.scope import Semantics
from diebian.base.process.tags import NotXml

from .files import SPACE, asked, decision, file, given, knowledge, literal, table

WRONG = [
    (decision("甲", literal("1 +")), "d-甲", "这里应当是名称"),
    (decision("甲", literal("b")), "d-甲", "不认识的名称“b”"),
    (decision("甲", ""), "d-甲", "应当有一个表达式或一张表"),
    (decision("甲", literal("1"), ["d-乙"]), "", "文件里没有“d-乙”"),
    (decision("甲", literal("1"), type_="tFoo"), "甲", "不认识的数据类型“tFoo”"),
    ('<import namespace="x" name="y"/>', "y", "不能引入别的文件"),
    (decision("甲", table(["1 | 2 | 3"]), ["i-a"]), "r1", "格数和表的列数不同"),
    (decision("甲", table(["1 | 2"], policy="LAST"), ["i-a"]), "t", "不认识的命中策略 LAST"),
    (decision("甲", table(["1 | 2"], policy="PRIORITY"), ["i-a"]), "t", "次序"),
    (decision("甲", table(["1 | 2"], aggregation="SUM"), ["i-a"]), "t", "UNIQUE 不能汇总"),
    (decision("甲", table(["x > | 2"]), ["i-a"]), "r1", "不认识的名称“x”"),
    (decision("甲", table(['matches(?, "x") | 2']), ["i-a"]), "", "正则表达式"),
    ('<decision id="d-甲" name="甲" expressionLanguage="javascript"/>', "d-甲", "只能用 FEEL"),
    (decision("甲", '<literalExpression expressionLanguage="R"><text>1</text></literalExpression>'),
     "d-甲", "只能用 FEEL"),
    ('<itemDefinition name="t"><itemComponent name="x"><typeRef>t</typeRef></itemComponent>'
     "</itemDefinition>", "x", "包含它自己"),
    (knowledge("甲", ["x"], '<functionDefinition kind="Java"/>'), "", "不能调用外部程序"),
    (decision("a", literal("1")), "d-a", "名称“a”已经用过"),
    ('<decision id="i-a" name="甲"><literalExpression><text>1</text></literalExpression></decision>'
     + given("a").replace('name="a"', 'name="b"'), "", "用了两次"),
    ("<mystery/>", "", "不能使用 mystery"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "element", "sentence"), WRONG)
def test_it_is_refused_with_line_and_sentence(part: str, element: str, sentence: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        read_model(file(given("a"), part))
    told = [one for one in refused.value.problems if sentence in one.sentence]
    assert told, [str(one) for one in refused.value.problems]
    assert told[0].line >= 3
    assert not element or told[0].element == element


def test_decisions_that_require_each_other_are_named_with_their_way() -> None:
    body = file(
        decision("甲", literal("乙"), ["d-乙"]),
        decision("乙", literal("丙"), ["d-丙"]),
        decision("丙", literal("甲"), ["d-甲"]),
    )
    with pytest.raises(NotAccepted, match="甲 → 乙 → 丙 → 甲"):
        read_model(body)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(NotAccepted) as refused:
        read_model(asked(["< | 1", "1 | )", "2 | 3"]))
    assert [one.line for one in refused.value.problems] == [4, 5]


def test_a_report_goes_on_with_what_does_not_need_the_wrong_parts() -> None:
    body = file(
        decision("错", literal("1 +")),
        decision("靠它", literal("错"), ["d-错"]),
        decision("对", literal("1")),
    )
    told = surveyed(body, semantics=Semantics.STRICT)
    assert list(told.model.decisions) == ["对"]
    assert set(told.refused) == {"错", "靠它"}


@pytest.mark.parametrize(
    "body",
    [b"", b"<a", b"\xff\xfe\x00", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
     b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', b"<a>" * 300 + b"</a>" * 300],
)  # fmt: skip
def test_what_is_no_xml_or_reaches_outside_is_refused(body: bytes) -> None:
    with pytest.raises(NotXml):
        read_model(body)


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(NotAccepted, match="不是 DMN"):
        read_model(b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>')
    older = file(decision("甲", literal("1"))).replace(
        SPACE.encode(), b"http://www.omg.org/spec/DMN/20180521/MODEL/"
    )
    assert read_model(older).version == "1.2"
