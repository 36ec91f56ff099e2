"""Boxed expressions, functions and services."""

from decimal import Decimal

from diebian.base.process.decisions.reading import read_model
from diebian.base.process.expressions.values import Value

from .files import decision, file, given, knowledge, literal, table


def _answer(logic: str, *more: str, needs: tuple[str, ...] = ()) -> Value:
    body = file(given("a"), *more, decision("判定", logic, ["i-a", *needs]))
    return read_model(body).evaluate("判定", {"a": 3}).value


def _entry(name: str, logic: str) -> str:
    variable = f'<variable name="{name}"/>' if name else ""
    return f"<contextEntry>{variable}{logic}</contextEntry>"


def test_a_context_makes_its_entries_known_to_those_that_follow() -> None:
    entries = _entry("单 价", literal("a * 2")), _entry("总价", literal("单 价 + 1"))
    assert _answer(f"<context>{''.join(entries)}</context>") == {"单 价": 6, "总价": 7}
    with_result = f"<context>{''.join(entries)}{_entry('', literal('总价 * 10'))}</context>"
    assert _answer(with_result) == 70


def test_a_table_stands_in_a_context_like_anything_else() -> None:
    told = table(["< 5 | 1", ">= 5 | 2"])
    assert _answer(f"<context>{_entry('档', told)}</context>") == {"档": 1}


def test_an_invocation_binds_by_name() -> None:
    function = knowledge("差", ["左", "右"], literal("左 - 右"))
    told = "".join(
        f'<binding><parameter name="{name}"/>{literal(text)}</binding>'
        for name, text in (("右", "1"), ("左", "a"))
    )
    assert (
        _answer(f"<invocation>{literal('差')}{told}</invocation>", function, needs=("k-差",)) == 2
    )


def test_lists_relations_and_walks() -> None:
    row = f"<row>{literal('a')}{literal('1')}</row>"
    relation = f'<relation><column name="x"/><column name="y"/>{row}{row}</relation>'
    assert _answer(relation) == [{"x": Decimal(3), "y": Decimal(1)}] * 2
    some = f"<list>{literal('a')}{literal('9')}</list>"
    kept = f"<filter><in>{some}</in><match>{literal('item > 5')}</match></filter>"
    assert _answer(kept) == [9]
    walk = f'<for iteratorVariable="i"><in>{some}</in><return>{literal("i + 1")}</return></for>'
    assert _answer(walk) == [4, 10]
    passes = f"<satisfies>{literal('i > 3')}</satisfies>"
    assert _answer(f'<every iteratorVariable="i"><in>{some}</in>{passes}</every>') is False
    sides = f"<then>{literal('1')}</then><else>{literal('2')}</else>"
    assert _answer(f"<conditional><if>{literal('a > 1')}</if>{sides}</conditional>") == 1


def test_a_service_is_called_with_what_it_takes() -> None:
    service = (
        '<decisionService id="k-服务" name="服务"><outputDecision href="#d-加倍"/>'
        '<inputData href="#i-b"/></decisionService>'
    )
    more = given("b"), decision("加倍", literal("b * 2"), ["i-b"]), service
    assert _answer(literal("服务(a)"), *more, needs=("k-服务",)) == 6
    body = file(*more)
    assert read_model(body).call("服务", {"b": 4}).value == 8
