"""A case and its way never differ, whatever people do in whatever order; and what they do at once,
or on an older case, or on what somebody else holds."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diebian.base.process.public import (
    HeldBySomebody,
    NotDeployable,
    case_named,
    claim,
    decisions_of,
    deploy,
    desk_tasks,
    history_of,
    places_of,
)
from diebian.kernel.errors import DiebianError
from diebian.scenes.services import actions, refusals
from diebian.scenes.services.carrying.following import ENDED, KEY, STANDS, deploy_standard
from diebian.scenes.services.carrying.taking_up import take_up
from diebian.scenes.services.limits import stopping
from diebian.scenes.services.models import OPEN, Case, State
from diebian.scenes.services.standard_item import REVIEW, standard_item
from diebian.scenes.services.tests.people import (
    OWNER,
    WORD,
    a_draft,
    answered,
    filled,
    set_the_scene,
    under_review,
    who,
)
from diebian.security.identity.public import PLATFORM, register_official

pytestmark = pytest.mark.django_db
Verb = Callable[[str], object]
SPECIAL: dict[str, Any] = {
    "procedure": "inspection",
    "days": 5,
    "why": "样例",
    "basis": "样例办法第一条",
}
SUSPENSION: dict[str, Any] = {
    "ground": "court",
    "days": 5,
    "why": "样例",
    "basis": "样例办法第二条",
}


def _answer(case_no: str) -> None:
    case = Case.objects.get(case_no=case_no)
    if not case.fetched.exists():
        answered(case)
    actions.ask_departments(case_no=case_no, by=PLATFORM)


VERBS: Mapping[str, Verb] = {
    "submit": lambda no: actions.submit_case(case_no=no, by=who("applicant")),
    "fetch": _answer,
    "ask": lambda no: actions.ask_supplement(case_no=no, wanted="样例说明", by=who("reviewer")),
    "supply": lambda no: actions.supply_supplement(case_no=no, answer="样例", by=who("applicant")),
    "special": lambda no: stopping.begin_special_procedure(
        case_no=no, by=who("reviewer"), **SPECIAL
    ),
    "special over": lambda no: stopping.end_special_procedure(
        case_no=no, outcome="样例", by=who("reviewer")
    ),
    "suspend": lambda no: stopping.suspend(case_no=no, by=who("head"), **SUSPENSION),
    "resume": lambda no: stopping.resume(case_no=no, why="样例", by=who("head")),
    "approve": lambda no: actions.approve(case_no=no, by=who("reviewer")),
    "refuse": lambda no: actions.refuse(case_no=no, reason="不符合条件", by=who("reviewer")),
    "withdraw": lambda no: actions.withdraw(case_no=no, by=who("applicant")),
}


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:  # noqa: ARG001  asked for, so that there is one
    set_the_scene()


def stands(case_no: str) -> str:
    """By the engine alone: the element, or what it came to; empty before it was begun."""
    try:
        line = case_named(f"{KEY}{case_no}")
    except DiebianError:
        return ""
    places = places_of(line.number)
    assert len(places) <= 1
    assert line.is_open == bool(places)
    return places[0].element if places else line.outcome


def should_stand(case_no: str) -> str:
    state = Case.objects.get(case_no=case_no).state
    return {**STANDS, **ENDED, State.DRAFT: ""}[state]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(VERBS)), max_size=12), st.booleans())
def test_whatever_is_done_the_case_stands_where_the_engine_says(
    verbs: list[str], is_answered: bool
) -> None:
    with transaction.atomic():
        case = filled(a_draft())
        if is_answered:
            answered(case)
        for verb in ["submit", *verbs]:
            try:
                with transaction.atomic():
                    VERBS[verb](case.case_no)
            except DiebianError:
                pass  # not at this step
            assert stands(case.case_no) == should_stand(case.case_no)
        transaction.set_rollback(True)


def test_who_did_what_and_why_stands_in_the_engine_as_well() -> None:
    case = under_review()
    actions.ask_supplement(case_no=case.case_no, wanted="请说明用途", by=who("reviewer"))
    actions.supply_supplement(case_no=case.case_no, answer="样例", by=who("applicant"))
    actions.refuse(case_no=case.case_no, reason="不符合条件", by=who("reviewer"))
    number = case_named(f"{KEY}{case.case_no}").number
    told = [(one.element, one.round, one.outcome, one.by_name) for one in decisions_of(number)]
    assert told == [
        ("accept", 1, "受理", "platform"),
        ("review", 1, "补正", "reviewer"),
        ("supplement", 1, "done", "样例applicant"),
        ("review", 2, "不予", "reviewer"),
    ]
    assert history_of(number)[0].action == "case.opened"


def test_what_somebody_has_claimed_nobody_else_decides() -> None:
    case = under_review()
    register_official(username="second", password=WORD, name="second", department=OWNER,
                      posts=["reviewer"], by=PLATFORM)  # fmt: skip
    [line] = desk_tasks(by=who("reviewer")).lines
    claim(case=line.case, task=line.task, by=who("second"))
    with pytest.raises(HeldBySomebody):
        actions.approve(case_no=case.case_no, by=who("reviewer"))
    stopping.suspend(case_no=case.case_no, by=who("head"), **SUSPENSION)  # the head may
    stopping.resume(case_no=case.case_no, why="样例", by=who("head"))
    actions.approve(case_no=case.case_no, by=who("reviewer"))


@pytest.mark.parametrize("state", OPEN)
def test_an_older_case_is_brought_onto_its_way_once(state: str) -> None:
    """As it stood in a folder from before the engine: the rows of the case, and no more."""
    case = a_draft()
    Case.objects.update(state=state, received_at=case.opened_at)
    assert (take_up(), take_up()) == (1, 0)
    assert stands(case.case_no) == STANDS[state]
    actions.withdraw(case_no=case.case_no, by=who("applicant"))
    assert stands(case.case_no) == "withdrawn"


def test_an_older_case_that_somebody_acts_on_first_is_brought_onto_it_by_that() -> None:
    case = a_draft()
    Case.objects.update(state=State.UNDER_REVIEW, received_at=case.opened_at)
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    assert stands(case.case_no) == "granted"


def test_a_way_without_the_step_is_not_deployed_and_says_which() -> None:
    narrow = standard_item().replace("特别程序".encode(), "别的程序".encode())
    with pytest.raises(NotDeployable, match="还会得出 特别程序"):
        deploy(file=narrow, by=PLATFORM)


def test_a_way_with_one_step_more_refuses_the_verb_and_leaves_all_as_it_was() -> None:
    more = '<userTask id="legal" name="法制审核" db:post="reviewer"/><sequenceFlow id="x"'
    more += ' sourceRef="legal" targetRef="granted"/><sequenceFlow id="reviewed-granted"'
    longer = standard_item().decode().replace('<sequenceFlow id="reviewed-granted"', more)
    longer = longer.replace('targetRef="granted"><cond', 'targetRef="legal"><cond')
    with pytest.raises(NotDeployable, match="legal：没有写到了“法制审核”办件是什么状态"):
        deploy(file=longer.encode(), by=PLATFORM)
    longer = longer.replace('name="法制审核"', 'name="法制审核" db:stage="under_review"')
    deploy(file=longer.encode(), by=PLATFORM)
    deploy_standard()  # ours is there: the operator's stays the newest
    case = under_review()
    with pytest.raises(refusals.WayDiffers):
        actions.approve(case_no=case.case_no, by=who("reviewer"))
    case.refresh_from_db()
    assert (case.state, stands(case.case_no)) == (State.UNDER_REVIEW, REVIEW)
