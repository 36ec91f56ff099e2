"""One department's grant begins the other's case, and its result comes back to the first."""

import pytest

from diebian.base.messages.public import unread
from diebian.scenes.services import actions
from diebian.scenes.services.items.facts import FormField, ItemFacts
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.system_models import CaseSystem, Follow, Means
from diebian.scenes.services.systems.following import begin_what_follows, tell_back
from diebian.scenes.services.systems.hearing import hear_all
from diebian.scenes.services.systems.pushing import push_due
from diebian.scenes.services.tests.people import OTHER, set_the_scene, under_review, who
from diebian.security.identity.public import PLATFORM, Refused, department_keys
from diebian.standards.profile.case_systems import MEANS

from .conftest import STATES
from .office import Office


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:  # noqa: ARG001  asked for, so that there is one
    set_the_scene()
    the_other_item()
    CaseSystem.objects.create(
        name="样例系统", department_id=department_keys()[OTHER], caller="sample", purpose="样例",
        push="sample-cases", changes="sample-progress", states=STATES,
    )  # fmt: skip
    Follow.objects.create(after="S1", then="S9", says="样例登记一并提交")


def the_other_item(**facts: object) -> None:
    told = ItemFacts("样例登记", "行政确认", OTHER, system="样例系统", **facts)  # type: ignore[arg-type]
    take_in([Wanted("S9", told, None)], department_keys())


def granted() -> Case:
    case = under_review()
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    begin_what_follows(case_no=case.case_no, by=PLATFORM)
    return case


def test_a_grant_begins_the_other_case_once_and_it_goes_to_the_others_system(
    office: Office,
) -> None:
    first = granted()
    assert begin_what_follows(case_no=first.case_no, by=PLATFORM) == 0
    second = Case.objects.get(item__code="S9")
    assert (second.state, second.applicant_key) == (State.UNDER_REVIEW, first.applicant_key)
    assert first.case_no in str(second.form)
    push_due(by=PLATFORM)
    assert list(office.cases) == [second.case_no]
    office.says(second.case_no, "yes")
    hear_all(by=PLATFORM)
    second.refresh_from_db()
    assert second.state == State.APPROVED
    assert tell_back(case_no=second.case_no, by=PLATFORM)
    told = list(first.events.filter(kind="followed_up").values_list("reason", flat=True))
    assert len(told) == 2
    assert "已准予" in told[-1]


def test_a_refusal_begins_nothing_and_nobody_but_the_platform_begins_it() -> None:
    case = under_review()
    actions.refuse(case_no=case.case_no, reason="样例理由", by=who("reviewer"))
    assert begin_what_follows(case_no=case.case_no, by=PLATFORM) == 0
    with pytest.raises(Refused):
        begin_what_follows(case_no=case.case_no, by=who("reviewer"))


def test_what_only_the_person_knows_is_asked_of_the_person() -> None:
    the_other_item(fields=(FormField("金额", kind="money"),))
    before = unread(who("applicant").key).count()
    first = granted()
    second = Case.objects.get(item__code="S9")
    assert (second.state, second.follows.first) == (State.DRAFT, first)
    assert unread(who("applicant").key).count() > before


def test_a_folder_and_the_services_mean_the_same_by_a_state() -> None:
    assert set(MEANS) == set(Means)
