"""Your data is wrong: who says it, who checks it, and who hears that it was put right."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from diebian.base.corrections.dues import due_of
from diebian.base.corrections.models import Correction, State
from diebian.base.corrections.public import (
    AlreadyOpen,
    SaysNothing,
    WrongState,
    confirm,
    fix,
    open_correction,
    reject,
)
from diebian.base.corrections.selectors import about_whom, correction_for, desk
from diebian.base.messages.public import backlog, unread
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import (
    Actor,
    Post,
    Refused,
    actor_by_username,
    person,
    subject_ref,
)
from diebian.security.tracker.public import cases_reading, reads_of, record_page_read
from tests.browsing import browser
from tests.laid import laid_once

from .people import BUREAU, CONSUMER, NUMBERS, OTHER, PROVIDER, SLUG, set_the_scene, who

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)
MANAGER = (Post.DATA_MANAGER, PROVIDER)


laid = laid_once(set_the_scene)


def test_the_office_has_ten_working_days_and_says_what_it_found() -> None:
    with clock.held_at(WEDNESDAY):
        made = _opened()
        assert str(due_of(made)) == "最晚 12 月 9 日（周三）核实并答复"
    with clock.held_at(WEDNESDAY + timedelta(days=15)):
        assert str(due_of(made)).endswith("已超期")
    confirm(correction_id=made.public_id, by=who(*MANAGER))
    done = fix(correction_id=made.public_id, how="面积已按测绘报告改正", by=who(*MANAGER))
    assert (done.state, due_of(done)) == (State.FIXED, None)
    assert unread(_person().key).count() == 2  # confirmed, put right


def test_every_case_that_had_read_it_is_told_once_and_no_other() -> None:
    made = _opened()
    for case_no, name, resource in (
        ("case-1", "sample-one", made.resource.title),
        ("case-1", "sample-one", made.resource.title),
        ("case-2", "sample-one", made.resource.title),
        ("case-3", "sample-two", made.resource.title),
        ("case-4", "sample-one", "别的查询"),
    ):
        _read(case_no, name, resource)
    fix(correction_id=made.public_id, how="已改正", by=who(*MANAGER))
    assert cases_reading(subject=made.subject, resource=made.resource.title) == ["case-1", "case-2"]
    assert backlog().count == 2


def test_what_is_right_after_all_is_rejected_with_the_evidence_and_changes_nothing() -> None:
    made = _opened()
    _read("case-1", "sample-one", made.resource.title)
    with pytest.raises(SaysNothing):
        reject(correction_id=made.public_id, evidence="  ", by=who(*MANAGER))
    done = reject(correction_id=made.public_id, evidence="与登记簿一致", by=who(*MANAGER))
    assert done.state == State.REJECTED
    assert backlog().count == 0
    with pytest.raises(WrongState):
        fix(correction_id=made.public_id, how="已改正", by=who(*MANAGER))


def test_the_same_doubt_is_open_once_and_may_be_raised_again_afterwards() -> None:
    made = _opened()
    with pytest.raises(AlreadyOpen):
        _opened(by=who(Post.REVIEWER, CONSUMER))
    reject(correction_id=made.public_id, evidence="与登记簿一致", by=who(*MANAGER))
    assert _opened().pk != made.pk


def test_nobody_doubts_another_person_s_data_and_silence_is_no_doubt() -> None:
    with pytest.raises(Refused):
        _opened(by=_person("sample-two"))
    with pytest.raises(SaysNothing):
        _opened(says=" ")


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (lambda: who(Post.DATA_MANAGER, OTHER), NotFound),
        (lambda: who(Post.AUTHORITY, BUREAU), Refused),
        (lambda: actor_by_username("sample-one"), Refused),
        (lambda: actor_by_username("sample-two"), NotFound),
    ],
    ids=["another office", "authority", "the person", "another person"],
)
def test_only_the_providers_office_answers(by: Any, refusal: type[Exception]) -> None:
    number = _opened().public_id
    with pytest.raises(refusal):
        confirm(correction_id=number, by=by())
    with pytest.raises(refusal):
        fix(correction_id=number, how="样例", by=by())
    with pytest.raises(refusal):
        reject(correction_id=number, evidence="样例", by=by())


def test_who_looks_whose_data_it_is_is_seen_by_that_person() -> None:
    made = _opened()
    assert about_whom(made, who(*MANAGER)) == person(_person().key)
    assert about_whom(made, who(Post.AUTHORITY, BUREAU)) is None
    [line] = reads_of(person_key=_person().key).lines
    assert (line.resource, line.case_no) == ("校核页", "case-1")


def test_each_sees_their_own_list_and_the_unanswered_stand_first() -> None:
    first = _opened(item="面积")
    _opened(item="权利人")
    reject(correction_id=first.public_id, evidence="与登记簿一致", by=who(*MANAGER))
    lists = {
        name: [line.correction.item for line in desk(actor, "1").lines]
        for name, actor in (
            ("office", who(*MANAGER)),
            ("person", _person()),
            ("authority", who(Post.AUTHORITY, BUREAU)),
            ("other office", who(Post.DATA_MANAGER, OTHER)),
            ("other person", _person("sample-two")),
        )
    }
    assert lists == {
        "office": ["权利人", "面积"],
        "person": ["权利人", "面积"],
        "authority": ["权利人", "面积"],
        "other office": [],
        "other person": [],
    }


def test_the_page_asks_the_office_and_tells_the_person_until_when() -> None:
    with clock.held_at(WEDNESDAY):
        made = _opened()
        place = f"/corrections/{made.public_id}/"
        office = browser(who(*MANAGER)).get(place).content.decode()
        assert "源头已改正" in office
        assert NUMBERS["sample-one"] in office
        own = browser(_person()).get(place).content.decode()
    assert "最晚 12 月 9 日（周三）核实并答复" in own
    assert "源头已改正" not in own
    assert correction_for(_person(), made.public_id) == made
    answer = browser(who(*MANAGER)).post(f"{place}fix", {"text": "已按测绘报告改正"})
    assert answer.status_code == 302
    assert Correction.objects.get().state == State.FIXED


def test_a_verb_that_does_not_exist_is_not_found() -> None:
    made = _opened()
    assert browser(who(*MANAGER)).post(f"/corrections/{made.public_id}/burn").status_code == 404
    assert browser(who(*MANAGER)).get(f"/corrections/{UUID(int=1)}/").status_code == 404


def _person(name: str = "sample-one") -> Actor:
    return actor_by_username(name)


def _opened(by: Actor | None = None, **changed: str) -> Correction:
    told = {
        "resource": SLUG,
        "item": "面积",
        "seen": "88",
        "says": "应是 89.5",
        "case_no": "case-1",
    }
    return open_correction(**{**told, **changed}, person_key=_person().key, by=by or _person())


def _read(case_no: str, name: str, resource: str) -> None:
    record_page_read(
        by=who(Post.REVIEWER, CONSUMER),
        subject=subject_ref(person(_person(name).key).id_number),
        purpose="审核",
        case_no=case_no,
        resource=resource,
        columns=["面积"],
    )
