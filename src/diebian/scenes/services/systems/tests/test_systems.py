"""A case goes to the department's own system once, and what is decided there is mirrored here."""

from datetime import timedelta

import pytest

from diebian.base.licences.public import licence_of_case
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.limits.stopping import begin_special_procedure, suspend
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.refusals import HandledThere
from diebian.scenes.services.system_models import CaseSystem, Difference, Heard, Push
from diebian.scenes.services.systems import selectors
from diebian.scenes.services.systems.comparing import compare, compare_all
from diebian.scenes.services.systems.hearing import changes_in, hear_all, tell_changes
from diebian.scenes.services.systems.pushing import push_due
from diebian.scenes.services.systems.refusals import ChangesUnclear
from diebian.scenes.services.systems.tending import push_again
from diebian.scenes.services.tests.people import OTHER, OWNER, under_review, who
from diebian.security.identity.public import PLATFORM, Actor, Kind, Post, Refused

from .conftest import the_department_has_a_system
from .office import Office

MANAGER = Actor(name="样例", department=OWNER, key="m", posts=(Post.DATA_MANAGER,))
LATER = timedelta(hours=2)
CHANGE = {"case_no": "0", "state": "ok"}


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:  # noqa: ARG001  asked for, so that there is one
    the_department_has_a_system()


def pushed() -> Case:
    case = under_review()
    push_due(by=PLATFORM)
    return case


def states_of(case: Case) -> list[str]:
    return list(case.pushes.order_by("pk").values_list("state", flat=True))


def heard() -> dict[int, str]:
    return dict(Heard.objects.values_list("seq", "outcome"))


def test_an_accepted_case_is_pushed_once_with_what_the_person_filled(office: Office) -> None:
    case = pushed()
    push_due(by=PLATFORM)
    [came] = office.came
    assert (came["case_no"], came["kind"], came["item"]) == (case.case_no, "opened", "S1")
    assert "500" in came["form"]
    assert case.pushes.get().number == office.cases[case.case_no]


def test_what_is_there_is_decided_there_alone_and_mirrored(office: Office) -> None:
    case = pushed()
    for verb, words in (("approve", {}), ("refuse", {"reason": "样例"}),
                        ("ask_supplement", {"wanted": "样例"})):  # fmt: skip
        with pytest.raises(HandledThere):
            getattr(actions, verb)(case_no=case.case_no, by=who("reviewer"), **words)
    told = {"case_no": case.case_no, "days": 5, "why": "样例", "basis": "样例办法"}
    with pytest.raises(HandledThere):
        begin_special_procedure(procedure="testing", by=who("reviewer"), **told)  # type: ignore[arg-type]
    with pytest.raises(HandledThere):
        suspend(ground="court", by=who("head"), **told)  # type: ignore[arg-type]
    office.says(case.case_no, "in")
    office.says(case.case_no, "ok")
    office.says(case.case_no, "yes")
    assert hear_all(by=PLATFORM) == 3
    case.refresh_from_db()
    assert (case.state, Heard.objects.get(seq=3).note) == (State.APPROVED, "")
    assert licence_of_case(case.case_no) is not None
    assert heard() == {1: "noted", 2: "noted", 3: "taken"}


def test_what_never_left_is_decided_here_and_does_not_leave_any_more(office: Office) -> None:
    case = under_review()
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    push_due(by=PLATFORM)
    assert office.came == []
    assert states_of(case) == ["dropped"]


def test_an_item_that_stays_on_the_platforms_desk_is_not_pushed(office: Office) -> None:
    CaseSystem.objects.update(here=["S1"])
    assert states_of(pushed()) == []
    assert office.came == []


def test_while_the_system_is_away_the_case_waits_and_is_pushed_when_it_is_back(
    office: Office,
) -> None:
    office.is_away = True
    case = pushed()
    assert hear_all(by=PLATFORM) == 0
    system = CaseSystem.objects.get()
    [waiting] = selectors.waiting(system)
    assert (waiting.tries, waiting.why != "", system.away != "") == (1, True, True)
    push_due(by=PLATFORM)
    assert case.pushes.get().tries == 1  # not at once again
    office.is_away = False
    with clock.held_at(clock.now() + LATER):
        push_due(by=PLATFORM)
    assert states_of(case) == ["sent"]


def test_an_answer_that_got_lost_makes_no_second_case(office: Office) -> None:
    office.loses_answers = True
    case = pushed()
    with pytest.raises(HandledThere):  # it may be there: nobody decides it here
        actions.approve(case_no=case.case_no, by=who("reviewer"))
    office.loses_answers = False
    with clock.held_at(clock.now() + LATER):
        push_due(by=PLATFORM)
    assert (len(office.came), len(office.cases)) == (2, 1)
    assert states_of(case) == ["sent"]


def test_doubles_change_nothing_and_what_comes_late_is_not_followed(office: Office) -> None:
    case = pushed()
    changes = [{"seq": 5, "case_no": case.case_no, "state": "no", "says": "样例理由"}]
    system = Actor(name="样例", department=OWNER, kind=Kind.SYSTEM, key="s")
    told = changes_in(changes * 2)
    assert tell_changes(name="样例系统", changes=told, by=system) == 1
    assert tell_changes(name="样例系统", changes=told, by=system) == 0
    office.says(case.case_no, "ok", seq=3)  # its log tells it after all
    hear_all(by=PLATFORM)
    case.refresh_from_db()
    assert case.state == State.REFUSED
    assert heard() == {5: "taken", 3: "late"}


def test_what_cannot_be_followed_is_kept_with_the_reason(office: Office) -> None:
    case = pushed()
    office.says("0", "yes")
    office.says(case.case_no, "样例怪话")
    office.says(case.case_no, "more", says="请提供房屋信息")  # government holds it
    hear_all(by=PLATFORM)
    assert heard() == {1: "unknown", 2: "unfit", 3: "unfit"}
    assert "政府已经有" in Heard.objects.get(seq=3).note


def test_only_the_departments_own_system_tells() -> None:
    told = changes_in([{"seq": 1, "case_no": "0", "state": "ok"}])
    for by in (who("reviewer"), Actor(name="x", department=OTHER, kind=Kind.SYSTEM, key="x")):
        with pytest.raises(NotFound):
            tell_changes(name="样例系统", changes=told, by=by)


@pytest.mark.parametrize("row", [{}, {"seq": "x", **CHANGE}, {"seq": -1, **CHANGE}])
def test_a_line_that_cannot_be_read_refuses_the_whole(row: dict[str, object]) -> None:
    with pytest.raises(ChangesUnclear):
        changes_in([{"seq": 1, "case_no": "0", "state": "ok"}, row])


def test_a_supplement_is_asked_there_answered_here_and_pushed_back(office: Office) -> None:
    case = pushed()
    office.says(case.case_no, "more", says="请补一份说明")
    hear_all(by=PLATFORM)
    case.refresh_from_db()
    assert case.state == State.SUPPLEMENT
    actions.supply_supplement(case_no=case.case_no, answer="样例说明", by=who("applicant"))
    push_due(by=PLATFORM)
    assert [one["kind"] for one in office.came] == ["opened", "supplement"]
    assert "样例说明" in office.came[-1]["form"]


def test_the_daily_comparison_lists_what_differs_both_ways_until_it_does_no_more(
    office: Office,
) -> None:
    with clock.held_at(clock.now() - LATER):
        case = pushed()
    office.says("77", "in")
    compare_all(by=PLATFORM)
    told = {(one.kind, one.case_no) for one in Difference.objects.filter(settled_at=None)}
    assert told == {("not_there", case.case_no), ("not_here", "77")}
    for one, todo in selectors.differences_of(CaseSystem.objects.get()):
        assert one.get_kind_display()
        assert todo
    office.says(case.case_no, "ok")
    hear_all(by=PLATFORM)
    compare(system=CaseSystem.objects.select_related("department").get(), by=MANAGER)
    open_ones = Difference.objects.filter(settled_at=None).values_list("kind", flat=True)
    assert "not_there" not in list(open_ones)


def test_the_manager_pushes_again_under_the_same_key(office: Office) -> None:
    case = pushed()
    system = CaseSystem.objects.select_related("department").get()
    with pytest.raises(Refused):
        push_again(system=system, case_no=case.case_no, by=who("reviewer"))
    push_again(system=system, case_no=case.case_no, by=MANAGER)
    push_due(by=PLATFORM)
    assert (len(office.came), len(office.cases)) == (2, 1)
    assert Push.objects.count() == 1
