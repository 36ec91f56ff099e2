"""Properties: printing and reading, the two semantics, and texts that nobody meant."""

from contextlib import suppress
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from diebian.base.process.expressions.expression import Expression, read, read_cell
from diebian.base.process.expressions.printing import printed, printed_tests
from diebian.base.process.expressions.reading import read_expression, read_tests
from diebian.base.process.expressions.refusals import Refused
from diebian.base.process.expressions.scope import Semantics
from diebian.base.process.expressions.temporal import read_any
from diebian.base.process.expressions.tree import (
    AnyOf,
    Argument,
    Between,
    Binary,
    Call,
    Comparing,
    ContextOf,
    Entry,
    Filter,
    For,
    FunctionName,
    FunctionOf,
    If,
    In,
    InstanceOf,
    Iteration,
    ListOf,
    Literal,
    Matching,
    Name,
    Negative,
    Node,
    Parameter,
    Path,
    Quantified,
    RangeOf,
    Type,
)
from diebian.kernel.errors import DiebianError

NAMES = ("a", "b", "年 龄", "count")
MEMBERS = ("c", "所 在 地")
MOMENTS = ("2024-02-29", "P1Y2M", "-P3DT4H5M", "08:30:00+08:00", "2024-01-01T00:00:00Z")

leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Literal, st.decimals("0", "1e6", places=2, allow_nan=False)),
    st.builds(Literal, st.text(max_size=4) | st.booleans() | st.none()),
    st.builds(Literal, st.sampled_from(MOMENTS).map(read_any)),
    st.builds(Name, st.sampled_from(NAMES)),
)


def _wrapped(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    tests = st.builds(Matching, parts) | st.builds(
        Comparing, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), parts
    )
    some = st.lists(parts, max_size=3).map(tuple)
    walks = st.lists(st.builds(Iteration, st.just("i"), parts), min_size=1, max_size=2).map(tuple)
    flags = st.booleans()
    signs = st.sampled_from(["+", "-", "*", "/", "**", "=", "<", "and", "or"])
    arguments = st.lists(st.builds(Argument, st.just(""), parts), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Binary, signs, parts, parts),
        st.builds(Negative, parts),
        st.builds(Between, parts, parts, parts),
        st.builds(In, parts, st.builds(AnyOf, st.lists(tests, min_size=1, max_size=3).map(tuple))),
        st.builds(If, parts, parts, parts),
        st.builds(ListOf, some),
        st.builds(RangeOf, parts, parts, flags, flags),
        st.builds(ContextOf, st.lists(st.builds(Entry, st.sampled_from(MEMBERS), parts), max_size=2,
                                      unique_by=lambda entry: entry.name).map(tuple)),
        st.builds(Path, parts, st.sampled_from(MEMBERS)),
        st.builds(Filter, parts, parts),
        st.builds(For, walks, parts),
        st.builds(Quantified, flags, walks, parts),
        st.builds(FunctionOf, st.just((Parameter("x"), Parameter("y", Type("number")))), parts),
        st.builds(Call, st.just(FunctionName("sum")), arguments),
        st.builds(InstanceOf, parts, st.just(Type("list", (Type("date and time"),)))),
    )  # fmt: skip


trees = leaves | _wrapped(leaves | _wrapped(leaves))  # deeper ones are too long to be shown


@given(trees)
@settings(max_examples=80)
def test_what_is_printed_reads_back_to_the_same_tree(tree: Node) -> None:
    text = printed(tree)
    assert read_expression(text, names=NAMES, members=MEMBERS) == tree, text


@given(st.lists(trees.map(Matching), min_size=1, max_size=2), st.booleans())
@settings(max_examples=30)
def test_cells_too(told: list[Node], is_negated: bool) -> None:
    tests = AnyOf(tuple(told), is_negated=is_negated)
    text = printed_tests(tests)
    assert read_tests(text, names=NAMES, members=MEMBERS) == tests, text


DATA = {"a": 1, "b": "x", "年 龄": None, "count": [1, 2, {"c": 3, "所 在 地": "y"}]}


@given(trees)
@settings(max_examples=50)
def test_the_product_answers_as_the_standard_or_says_why_not(tree: Node) -> None:
    text = printed(tree)
    try:
        strict = _read(text, Semantics.STRICT).evaluate(DATA)
    except DiebianError:
        return
    told = _read(text, Semantics.STANDARD).evaluate(DATA)
    assert str(strict) == str(told) or "function" in text


def _read(text: str, semantics: Semantics) -> Expression:
    return read(text, names=NAMES, members=MEMBERS, semantics=semantics)


words = st.sampled_from(
    [
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "not",
        "between",
        "instance",
        "of",
        "function",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ".",
        "..",
        "<",
        "<=",
        "=",
        "!=",
        "+",
        "-",
        "*",
        "**",
        "/",
        "@",
        '"',
        "null",
        "true",
        "a",
        "b",
        "count",
        "date",
        "sum",
        "1",
        "2.5",
        '"x"',
        "?",
        '@"P1D"',
        '@"2024-01-01"',
        "partial",
        "item",
    ]
)


@given(st.lists(words, max_size=14).map(" ".join) | st.text(max_size=30))
@settings(max_examples=80)
def test_no_text_raises_anything_but_our_own_refusals(text: str) -> None:
    for semantics in Semantics:
        with suppress(DiebianError):
            read(text, names=NAMES, semantics=semantics).evaluate(DATA)
        with suppress(DiebianError):
            read_cell(text, names=NAMES, semantics=semantics).passes(Decimal(1), DATA)


@given(st.lists(words, max_size=14).map(" ".join))
@settings(max_examples=60)
def test_whatever_is_read_is_the_same_after_printing(text: str) -> None:
    try:
        tree = read_expression(text, names=NAMES)
    except Refused:
        return
    assert read_expression(printed(tree), names=NAMES) == tree
