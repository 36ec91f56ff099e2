"""The list of papers: each once, none that anybody has, none that a member before gives."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from diebian.scenes.services.items.facts import Demand, Situation
from diebian.scenes.services.materials.models import Kind
from diebian.scenes.services.materials.resolving import LicenceType, Standing, Subject, Way
from diebian.scenes.services.themes.compiling import compiled
from diebian.scenes.services.themes.facts import Compiled
from diebian.scenes.services.themes.wanted import Wanted, wanted

from .made import STANDING, SUBJECTS, by_code, item, theme
from .test_ordering import Needs, any_needs

RENTED = Situation("q", "租的吗？", ("是", "否"))
LICENCES = [f"L{number}" for number in range(5)]
REGISTER = {f"M{one}": Subject(f"M{one}", f"证照{one}", Kind.LICENCE, licence_type=one)
            for one in LICENCES}  # fmt: skip


def needed(told: Compiled, *chosen: str) -> Sequence[Wanted]:
    members = chosen or [part.code for part in told.parts]
    return wanted(told, SUBJECTS, STANDING, {}, members)


@settings(max_examples=40)
@given(any_needs(), st.data())
def test_no_paper_is_asked_twice_or_though_it_is_held_or_given_before(
    needs: Needs, data: st.DataObject
) -> None:
    collected = data.draw(st.sets(st.sampled_from(LICENCES)))
    papers = st.lists(st.sampled_from(list(REGISTER)), unique=True, max_size=4)
    gives = {code: data.draw(st.sampled_from(["", *LICENCES])) for code in needs}
    items = by_code(*(item(code, *data.draw(papers), gives=gives[code]) for code in needs))
    told = compiled(theme(**needs), items, REGISTER)
    chosen = data.draw(st.sets(st.sampled_from(list(needs)), min_size=1))
    types = {one: LicenceType(one, "x", "样例局", one in collected) for one in LICENCES}
    found = wanted(told, REGISTER, Standing(types=types), {}, chosen)
    assert len({one.name for one in found}) == len(found)
    for one in found:
        licence = one.name.removeprefix("证照")
        wants = {code for code in chosen if f"M{licence}" in items[code].facts.codes}
        unserved = {
            code for code in wants
            if not any(gives[giver] == licence for giver in told.part(code).behind
                       if giver in chosen)
        }  # fmt: skip
        assert one.is_demanded is (bool(unserved) and licence not in collected)
        if one.is_demanded:
            assert {part.code for part in one.of} == unserved
    assert {one.name.removeprefix("证照") for one in found} == {
        code.removeprefix("M") for member in chosen for code in items[member].facts.codes
    }


def test_what_a_member_before_gives_is_not_asked_for() -> None:
    told = compiled(theme(A=[], B=["A"]), by_code(item("A", gives="L2"), item("B", "M2")), SUBJECTS)
    [paper] = needed(told)
    assert (paper.resolved, paper.tag) == (None, "前面办出来")
    assert paper.giver is not None
    assert paper.giver.code == "A"


def test_who_does_not_choose_the_giver_has_to_bring_it() -> None:
    told = compiled(theme(A=[], B=["A"]), by_code(item("A", gives="L2"), item("B", "M2")), SUBJECTS)
    [paper] = needed(told, "B")
    assert paper.is_demanded


def test_the_strictest_counts_for_those_who_want_it_so() -> None:
    stated = Demand("M3", way=Way.STATEMENT)
    told = compiled(theme(A=[], B=[]), by_code(item("A", stated), item("B", "M3")), SUBJECTS)
    [paper] = needed(told)
    assert (paper.is_demanded, [part.code for part in paper.of]) == (True, ["B"])


def test_what_hangs_on_an_open_question_is_not_certain() -> None:
    hung = Demand("M3", when={"q": ["是"]})
    one = item("A", hung, situations=(RENTED,))
    told = compiled(theme(A=[]), by_code(one), SUBJECTS)
    assert [paper.is_certain for paper in needed(told)] == [False]
    assert wanted(told, SUBJECTS, STANDING, {"q": "否"}, ["A"]) == []
