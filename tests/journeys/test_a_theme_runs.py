"""一件事 from one application to its end: each department has its own case, one refusal sinks only
what needs it, one member is taken back while the others go on."""

from typing import Any

import pytest

from diebian.base.messages.public import unread
from diebian.base.process.public import cases_called_by, decisions_of, desk_tasks, places_of
from diebian.base.process.work.carrying import work_through
from diebian.scenes.services import actions
from diebian.scenes.services.items.facts import ItemFacts
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.joining import told_to
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.refusals import MemberDone, MemberUnknown
from diebian.scenes.services.tests.people import JOURNEY, OTHER, OWNER, set_the_scene
from diebian.scenes.services.themes.actions import compile_themes
from diebian.scenes.services.themes.models import Theme
from diebian.scenes.services.themes.running import open_theme, withdraw_member
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Refused,
    actor_by_username,
    department_keys,
)

pytestmark = pytest.mark.django_db
MEMBERS = {"A": [], "B": ["A"], "C": ["A"], "D": ["C"]}
BARE: dict[str, Any] = {
    "asks": [],
    "shows": [],
    "checks": [],
    "county": {},
    "verifies": [],
}  # nobody is asked
OWNERS = {"A": OWNER, "B": OTHER, "C": OWNER, "D": OTHER}


@pytest.fixture(autouse=True)
def _theme(db: None) -> None:  # noqa: ARG001  asked for, so that there is one
    set_the_scene()
    take_in([Wanted(code, ItemFacts(f"样例{code}", "公共服务", owner, promised_days=3),
                    JOURNEY | BARE)
             for code, owner in OWNERS.items()], department_keys())  # fmt: skip
    places = [{"code": code, "after": after} for code, after in MEMBERS.items()]
    Theme.objects.create(code="OT1", name="样例一件事", kind="cross", objects_of="自然人",
                         department_id=department_keys()[OWNER], places=places)  # fmt: skip
    compile_themes(by=PLATFORM)


def person() -> Actor:
    return actor_by_username("applicant")


def opened(*members: str) -> int:
    chosen = members or tuple(MEMBERS)
    own = {one: told_to(person(), {"amount": one}) for one in chosen}
    case = open_theme(code="OT1", members=chosen, application="1", own=own, by=person())
    work_through()
    return case


def waiting() -> dict[str, str]:
    """Item to the step that its own department has before it."""
    found = {}
    for username in ("reviewer", "outsider"):
        for line in desk_tasks(by=actor_by_username(username)).lines:
            found[line.title.rpartition("样例")[2]] = line.name
    return found


def case_of(member: str) -> Case:
    return Case.objects.get(item__code=member)


def decide(member: str, reason: str = "") -> None:
    """By its own department, at its own desk; with a reason it is refused."""
    by = actor_by_username("reviewer" if OWNERS[member] == OWNER else "outsider")
    if reason:
        actions.refuse(case_no=case_of(member).case_no, reason=reason, by=by)
    else:
        actions.approve(case_no=case_of(member).case_no, by=by)
    work_through()


def came_to(case: int) -> dict[str, str]:
    told = decisions_of(case).filter(element__startswith="member_")
    return {one.element.removeprefix("member_"): one.outcome for one in told}


def test_what_can_run_at_the_same_time_does_and_all_is_told_at_the_end() -> None:
    case = opened()
    assert waiting() == {"A": "审核"}
    decide("A")
    assert waiting() == {"B": "审核", "C": "审核"}
    decide("C")
    assert waiting() == {"B": "审核", "D": "审核"}
    decide("B")
    decide("D")
    assert came_to(case) == dict.fromkeys("ABCD", "granted")
    assert places_of(case) == []
    assert any("都办完了" in one.title for one in unread(person().key))


def test_each_department_is_told_its_own_fields_and_nothing_of_the_others() -> None:
    case = opened()
    decide("A")
    assert {one.item.code: one.form for one in Case.objects.select_related("item")} == {
        one: {"amount": one} for one in "ABC"
    }
    keys = [one.business_key for one in cases_called_by(case)]
    assert keys == [f"case:{case_of(one).case_no}" for one in "ABC"]


def test_what_the_person_takes_back_at_its_own_page_is_taken_back_of_the_theme() -> None:
    case = opened("B", "D")
    actions.withdraw(case_no=case_of("D").case_no, by=person())
    decide("B")
    assert came_to(case) == {"A": "unchosen", "B": "granted", "C": "unchosen", "D": "withdrawn"}


def test_one_refusal_sinks_only_what_needs_it() -> None:
    case = opened()
    decide("A")
    decide("C", "不符合条件")
    decide("B")
    assert came_to(case) == {"A": "granted", "B": "granted", "C": "refused", "D": "lapsed"}
    assert any("样例D" in one.body for one in unread(person().key))
    assert places_of(case) == []


def test_what_was_not_chosen_holds_nobody_up() -> None:
    case = opened("D", "B")
    assert waiting() == {"B": "审核", "D": "审核"}
    decide("B")
    decide("D")
    assert came_to(case) == {"A": "unchosen", "B": "granted", "C": "unchosen", "D": "granted"}


def test_one_member_is_taken_back_while_the_others_go_on() -> None:
    case = opened()
    decide("A")
    withdraw_member(case=case, member="C", by=person())
    work_through()
    assert case_of("C").state == State.WITHDRAWN
    assert waiting() == {"B": "审核"}
    assert came_to(case) == {"A": "granted", "C": "withdrawn", "D": "lapsed"}
    decide("B")
    assert places_of(case) == []


def test_what_has_not_begun_is_taken_back_and_does_not_begin() -> None:
    case = opened()
    withdraw_member(case=case, member="B", by=person())
    withdraw_member(case=case, member="D", by=person())
    decide("A")
    decide("C")
    assert came_to(case) == {
        "A": "granted", "B": "unchosen", "C": "granted", "D": "unchosen",
    }  # fmt: skip


def test_only_the_applicant_takes_back_and_only_what_is_not_done() -> None:
    case = opened()
    decide("A")
    with pytest.raises(Refused):
        withdraw_member(case=case, member="B", by=actor_by_username("stranger"))
    with pytest.raises(MemberDone):
        withdraw_member(case=case, member="A", by=person())
    with pytest.raises(MemberUnknown):
        withdraw_member(case=case, member="Z", by=person())
    with pytest.raises(MemberUnknown):
        open_theme(code="OT1", members=["A", "Z"], application="2", own={}, by=person())


def test_a_running_case_keeps_the_version_that_it_began_with() -> None:
    case = opened()
    Theme.objects.update(places=[{"code": "A", "after": []}])
    compile_themes(by=PLATFORM)
    decide("A")
    assert set(waiting()) == {"B", "C"}
    assert len(places_of(case)) == 2
