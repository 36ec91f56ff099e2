"""Prerequisites as blocks: as far side by side as they can be drawn."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from diebian.scenes.services.themes.ordering import (
    Block,
    One,
    Parallel,
    Series,
    arranged,
    circle_in,
    closed,
    codes_in,
    waits,
)

Needs = Mapping[str, list[str]]


@st.composite
def any_needs(draw: st.DrawFn) -> Needs:
    """Each needs some of those before it, told in any order."""
    codes = [f"I{number}" for number in range(draw(st.integers(1, 9)))]
    needs = {
        code: draw(st.lists(st.sampled_from(codes[:place]), unique=True)) if place else []
        for place, code in enumerate(codes)
    }
    return {code: needs[code] for code in draw(st.permutations(codes))}


@st.composite
def any_blocks(draw: st.DrawFn) -> Block:
    numbers = iter(range(100))

    def block(depth: int) -> Block:
        if depth == 0 or draw(st.booleans()):
            return One(f"I{next(numbers)}")
        inside = tuple(block(depth - 1) for _ in range(draw(st.integers(2, 3))))
        return Series(inside) if draw(st.booleans()) else Parallel(inside)

    return block(3)


def needs_of(block: Block) -> dict[str, list[str]]:
    """What the blocks put before each."""
    if isinstance(block, One):
        return {block.code: []}
    needs: dict[str, list[str]] = {}
    passed: list[str] = []
    for one in block.blocks:
        for code, before in needs_of(one).items():
            needs[code] = [*passed, *before]
        passed += codes_in(one) if isinstance(block, Series) else []
    return needs


@settings(max_examples=50)
@given(any_needs())
def test_every_prerequisite_is_before_whoever_needs_it(needs: Needs) -> None:
    assert circle_in(needs) == []
    behind = closed(needs)
    block = arranged(list(needs), behind, dict.fromkeys(needs, 5))
    assert sorted(codes_in(block)) == sorted(needs)
    drawn = needs_of(block)
    assert all(set(behind[code]) <= set(drawn[code]) for code in needs)
    more = {(code, one) for code in needs for one in drawn[code] if one not in behind[code]}
    assert set(waits(block, behind)) == more


@settings(max_examples=50)
@given(any_blocks())
def test_nobody_waits_for_more_than_he_needs_where_it_can_be_drawn_so(block: Block) -> None:
    needs = needs_of(block)
    behind = closed(needs)
    again = arranged(list(needs), behind, dict.fromkeys(needs, 5))
    assert waits(again, behind) == []
    assert {code: set(one) for code, one in needs_of(again).items()} == {
        code: set(one) for code, one in needs.items()
    }


@settings(max_examples=50)
@given(any_needs(), st.data())
def test_a_circle_is_told_in_its_order(needs: Needs, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(list(needs)))
    before = data.draw(st.sampled_from([*closed(needs)[code], code]))
    told = {**needs, before: [*needs[before], code]}
    circle = circle_in(told)
    assert circle
    for one, then in zip(circle, [*circle[1:], circle[0]], strict=True):
        assert then in told[one]


def test_what_is_not_series_parallel_is_cut_where_the_longest_way_stays_shortest() -> None:
    needs = {"a": [], "b": [], "c": ["a"], "d": ["a", "b"]}
    behind = closed(needs)
    for days, made_to_wait in (((1, 9, 9, 1), ("b", "a")), ((9, 1, 1, 9), ("c", "b"))):
        block = arranged(list(needs), behind, dict(zip(needs, days, strict=True)))
        assert waits(block, behind) == [made_to_wait]
