"""What is outside of the subset, or cannot work, is named with its line, its element and why."""

import pytest

from diebian.base.process.definitions.drawing import Kind
from diebian.base.process.definitions.reading import read
from diebian.base.process.definitions.refusals import NotDeployable
from diebian.base.process.tags import NotXml

from .drawn import (
    boundary,
    choice,
    drawing,
    end,
    flows,
    fork,
    many,
    message,
    node,
    service,
    start,
    timer,
    user,
)


def codes(*parts: str) -> list[tuple[int, str, str]]:
    """Line, element and code of each problem."""
    with pytest.raises(NotDeployable) as told:
        read(drawing("p", *parts))
    for one in told.value.problems:
        assert one.sentence
        assert str(one) in told.value.fields["file"]
    return [(one.line, one.element, one.code) for one in told.value.problems]


LINE = (start(), user("a"), end())
STRAIGHT = flows(("start", "a"), ("a", "end"))


def test_what_is_drawn_for_people_changes_nothing() -> None:
    lanes = node("laneSet", "l", node("lane", "l1", "<flowNodeRef>a</flowNodeRef>"))
    notes = node("textAnnotation", "t", "<text>样例</text>") + node("dataObject", "o")
    told = read(drawing("p", *LINE, STRAIGHT, lanes, notes))
    assert [one.kind for one in told.nodes.values()] == [Kind.START, Kind.USER, Kind.END]
    assert told.notes == []


def test_foreign_words_are_noted_as_without_effect() -> None:
    other = '<extensionElements><x:y xmlns:x="urn:other"/></extensionElements>'
    told = read(drawing("p", start(), user("a", inside=other), end(), STRAIGHT))
    assert [(one.line, one.code) for one in told.notes] == [(5, "note")]


@pytest.mark.parametrize("outside", ["scriptTask", "manualTask", "task", "inclusiveGateway",
                                     "eventBasedGateway", "complexGateway", "transaction",
                                     "intermediateThrowEvent", "adHocSubProcess"])  # fmt: skip
def test_an_element_outside_of_the_subset_is_refused_where_it_stands(outside: str) -> None:
    assert codes(*LINE, node(outside, "x"), STRAIGHT) == [(7, "x", f"outside:{outside}")]


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (node("standardLoopCharacteristics", "x"), "outside:standardLoopCharacteristics"),
        (many("form.x").replace("</multi", "<loopCardinality>3</loopCardinality></multi"),
         "outside:loopCardinality"),
    ],
)  # fmt: skip
def test_what_would_change_a_task_is_refused(inside: str, code: str) -> None:
    assert codes(start(), user("a", inside=inside), end(), STRAIGHT)[0][2] == code


def test_an_own_word_that_means_nothing_is_a_slip() -> None:
    wrong = user("a").replace("db:post", "db:outcome")
    assert codes(start(), wrong, end(), STRAIGHT) == [(5, "a", "attribute:outcome")]


def test_a_file_that_reaches_outside_of_itself_is_refused() -> None:
    told = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + drawing("p", *LINE)
    with pytest.raises(NotXml):
        read(told)
    with pytest.raises(NotXml, match="第 1 行"):
        read(b"<a")
    with pytest.raises(NotDeployable):
        read(b"<a/>")


PLAIN = {
    "a start": ((user("a"), end(), flows(("a", "end"))), "one-start"),
    "two starts": ((*LINE, start("s2"), STRAIGHT, flows(("s2", "a"))), "one-start"),
    "a flow to nothing": ((*LINE, STRAIGHT, flows(("a", "x"))), "flow"),
    "two ways out of a task": ((*LINE, end("e2"), STRAIGHT, flows(("a", "e2"))), "flows"),
    "no way in": ((*LINE, user("b"), STRAIGHT, flows(("b", "end"))), "flows"),
    "a repeated id": ((*LINE, user("a"), STRAIGHT), "id"),
    "a condition on a plain flow": (
        (*LINE, flows(("start", "a"), ("a", "end", "true"))), "condition"),
    "an event on nothing": ((*LINE, STRAIGHT, boundary("b", "zz", timer("P1D")), end("e2"),
                             flows(("b", "e2"))), "boundary"),
    "an event that waits for nothing": (
        (*LINE, STRAIGHT, boundary("b", "a", ""), end("e2"), flows(("b", "e2"))), "waits"),
    "a month": ((*LINE, STRAIGHT, boundary("b", "a", timer("P1M")), end("e2"),
                 flows(("b", "e2"))), "duration"),
    "working hours": ((*LINE, STRAIGHT, boundary("b", "a", timer("PT4H", "working")), end("e2"),
                       flows(("b", "e2"))), "duration"),
    "a message without a name": (
        (*LINE, STRAIGHT, boundary("b", "a", message("?")), end("e2"), flows(("b", "e2"))),
        "message"),
    "a list that is none": ((start(), user("a", inside=many("1 +")), end(), STRAIGHT),
                            "condition"),
    "an unreached circle": ((*LINE, STRAIGHT, user("b"), user("c"),
                             flows(("b", "c"), ("c", "b"))), "unreached"),
    "no end": ((start(), user("a"), user("b"), flows(("start", "a"), ("a", "b"), ("b", "a"))),
               "no-end"),
}  # fmt: skip


@pytest.mark.parametrize("what", PLAIN)
def test_a_shape_that_cannot_be_walked_is_refused(what: str) -> None:
    parts, code = PLAIN[what]
    assert code in [one[2] for one in codes(*parts)]


SPLIT = (start(), fork("f"), user("a"), user("b"), fork("j"), end())
NESTED = {
    "a branch that ends": (
        (*SPLIT, flows(("start", "f"), ("f", "a"), ("f", "b"), ("a", "j"), ("b", "end"),
                       ("j", "end"))), "flows"),
    "a branch that ends by itself": (
        (*SPLIT, end("e2"), user("c"), flows(("start", "f"), ("f", "a"), ("f", "b"), ("f", "c"),
         ("a", "j"), ("b", "j"), ("c", "e2"), ("j", "end"))), "end-in-branch"),
    "branches that meet without a join": (
        (*SPLIT, choice("g"), user("c"),
         flows(("start", "f"), ("f", "a"), ("f", "b"), ("f", "c"), ("a", "g"), ("b", "g"),
          ("g", "j"), ("c", "j"), ("j", "end"))),
        "mixed-branches"),
    "a join without a split": (
        (start(), choice("g", default="g-b"), user("a", "x,y"), user("b"), user("c"), fork("j"),
         end(), flows(("start", "a"), ("a", "g"), ("g", "b"), ("g", "c", 'decision.a = "x"'),
                      ("b", "j"), ("c", "j"), ("j", "end"))), "join"),
    "a way out of a branch": (
        (*SPLIT, choice("g"), flows(("start", "f"), ("f", "a"), ("f", "b"), ("a", "g"),
         ("g", "j"), ("g", "end", 'decision.a = "done"'), ("b", "j"), ("j", "end"))),
        "condition"),
}  # fmt: skip


@pytest.mark.parametrize("what", NESTED)
def test_parallel_branches_nest(what: str) -> None:
    parts, code = NESTED[what]
    assert code in [one[2] for one in codes(*parts)]


def test_a_circle_without_anybody_to_wait_for_is_refused() -> None:
    told = codes(
        start(), user("a", "x,y"), choice("g"), choice("h"), choice("i", default="i-g"), end(),
        flows(("start", "a"), ("a", "g"), ("g", "h"), ("h", "i"), ("i", "g"),
              ("i", "end", 'decision.a = "x"')),
    )  # fmt: skip
    assert {one[2] for one in told} == {"automatic-loop"}
    assert {one[1] for one in told} == {"g", "h", "i"}


def gateway(*conditions: str, default: bool = False) -> tuple[str, ...]:
    ends = [end(f"e{place}") for place in range(len(conditions) + default)]
    told = [("g", f"e{place}", said) for place, said in enumerate(conditions)]
    last = [("g", f"e{len(conditions)}")] if default else []
    way = choice("g", default=f"g-e{len(conditions)}" if default else "")
    return (start(), user("a", "甲,乙,丙"), way, *ends,
            flows(("start", "a"), ("a", "g"), *told, *last))  # fmt: skip


def test_conditions_that_cover_each_outcome_once_need_no_default() -> None:
    read(drawing("p", *gateway('decision.a = "甲"', 'decision.a in ("乙", "丙")')))
    read(drawing("p", *gateway('decision.a = "甲"', 'not(decision.a = "甲")')))
    read(drawing("p", *gateway("form.area > 500", default=True)))


@pytest.mark.parametrize(
    ("conditions", "default", "code", "told"),
    [
        (('decision.a = "甲"', 'decision.a = "乙"'), False, "uncovered", "a＝丙"),
        (('decision.a = "甲"', 'decision.a != "丙"', 'decision.a = "丙"'), False, "overlap",
         "a＝甲"),
        (('decision.a = "甲"', 'decision.a = "甲 "'), True, "never", "甲 "),
        (("form.area > 500", "form.area <= 500"), False, "uncovered", "不能证明"),
        (('decision.b = "甲"',), True, "reads", "b"),
        (("area > 5",), True, "reads", "area"),
        (("decision.a",), True, "condition", "是或否"),
        (("1 +",), True, "condition", "1 +"),
    ],
)  # fmt: skip
def test_an_exclusive_gateway_covers_every_outcome_once(
    conditions: tuple[str, ...], default: bool, code: str, told: str
) -> None:
    with pytest.raises(NotDeployable) as refused:
        read(drawing("p", *gateway(*conditions, default=default)))
    found = {one.code: one.sentence for one in refused.value.problems}
    assert told in found[code]


def test_every_fault_is_told_at_once() -> None:
    told = codes(*LINE, STRAIGHT, node("scriptTask", "x"), node("manualTask", "y"))
    assert [one[1] for one in told] == ["x", "y"]


def test_a_service_without_anything_is_read_as_documentation_of_one() -> None:
    read(drawing("p", start(), service("a"), end(), STRAIGHT))


def test_a_condition_reads_only_what_has_surely_been_decided() -> None:
    late = codes(
        start(), user("a", "甲,乙"), choice("g"), user("b", "甲,乙"), choice("h"), user("c"),
        end(),
        flows(("start", "a"), ("a", "g"), ("g", "b", 'decision.a = "甲"'),
              ("g", "h", 'decision.a = "乙"'), ("b", "h"), ("h", "c", 'decision.b = "甲"'),
              ("h", "end", 'decision.b = "乙"'), ("c", "end")),
    )  # fmt: skip
    assert [(element, code) for _, element, code in late] == [
        ("h-c", "not-yet"), ("h-end", "not-yet")
    ]  # fmt: skip


def test_after_a_join_what_any_branch_decided_is_sure() -> None:
    told = (start(), fork("f"), user("a", "甲,乙"), user("b", "甲,乙"), fork("j"), choice("g"),
            user("c"), end())  # fmt: skip
    way = flows(("start", "f"), ("f", "a"), ("f", "b"), ("a", "j"), ("b", "j"), ("j", "g"),
                ("g", "c", 'decision.a = "甲" and decision.b = "甲"'),
                ("g", "end", 'decision.a = "乙" or decision.b = "乙"'), ("c", "end"))  # fmt: skip
    read(drawing("p", *told, way))
