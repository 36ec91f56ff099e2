"""Where a case belongs decides who decides it; asked where it matters, and said why."""

import pytest

from diebian.scenes.services import actions, refusals
from diebian.scenes.services.competence import competent, places_of
from diebian.scenes.services.items.facts import ItemFacts
from diebian.scenes.services.limits import policy as limits
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.tasks.selectors import work_page
from diebian.scenes.services.tests.people import (
    OTHER,
    OWNER,
    WORD,
    a_county,
    a_draft,
    answered,
    filled,
    submitted,
    the_item_says,
    under_review,
    who,
)
from diebian.security.identity.public import PLATFORM, Refused, register_official

from .conftest import BODIES, HERE, THERE

BOTH = ("市级", "县级")


def decided_in(place: str) -> Case:
    return submitted(answered(filled(a_draft(), place=place), house={"where": f"{HERE}001"}))


def waits_for(username: str) -> list[int]:
    return [row.case.pk for row in work_page(who(username)).rows]


def test_what_one_body_does_for_all_asks_nobody_where() -> None:
    assert places_of(ItemFacts("", "", OWNER, levels=("市级",))) == {}
    assert places_of(ItemFacts("", "", OTHER, levels=BOTH)) == {}  # no county has such a body
    the_item_says(levels=("市级",))
    case = under_review()
    assert (case.department.credit_code, case.place) == (OWNER, "")


def test_where_is_asked_when_it_decides_who_decides() -> None:
    case = a_draft()
    for wrong in ({}, {"place": ""}, {"place": "000000"}):
        with pytest.raises(refusals.FormInvalid) as told:
            filled(case, **wrong)
        assert list(told.value.fields) == ["place"]
    case.refresh_from_db()
    assert case.form == {}


def test_the_countys_body_decides_and_the_citys_does_not_see_the_case() -> None:
    case = decided_in(HERE)
    assert (case.department.credit_code, case.county) == (BODIES[HERE], HERE)
    assert "样例县局880101" in case.competence
    assert waits_for(f"reviewer{HERE}") == [case.pk]
    assert waits_for("reviewer") == []
    register_official(username="head-here", password=WORD, name="head", posts=["department_head"],
                      department=BODIES[HERE], by=PLATFORM)  # fmt: skip
    assert limits.may_decide(who("head-here"), case)
    for username in ("reviewer", f"reviewer{THERE}"):
        with pytest.raises(Refused):
            actions.approve(case_no=case.case_no, by=who(username))
    actions.approve(case_no=case.case_no, by=who(f"reviewer{HERE}"))
    case.refresh_from_db()
    assert case.state == State.APPROVED


def test_a_departments_answer_counts_more_than_what_was_said() -> None:
    case = decided_in(THERE)
    assert case.department.credit_code == BODIES[HERE]
    assert [event.kind for event in case.events.all()][-2:] == ["assigned", "accepted"]


def test_the_citys_own_level_is_a_place_where_the_item_has_it() -> None:
    facts = ItemFacts("", "", OWNER, levels=BOTH)
    assert competent(facts, "880100").credit_code == OWNER
    with pytest.raises(refusals.PlaceUnknown):
        competent(ItemFacts("", "", OWNER, levels=("县级",)), "880100")


def test_a_county_without_such_a_body_is_decided_by_the_citys() -> None:
    a_county("880122", "11990100Y00000032G", has_counterpart=False)
    told = competent(ItemFacts("", "", OWNER, levels=BOTH), "880122")
    assert told.credit_code == OWNER
    assert "没有对口的机关" in told.reason
