"""Ten working days have an end: the office hears of it, then its head, then the authority."""

from datetime import UTC, datetime, timedelta

import pytest

from diebian.base.corrections.models import Correction
from diebian.base.corrections.public import Finding, confirm, fix, open_correction, open_found
from diebian.base.corrections.reminding import remind
from diebian.base.messages.public import unread
from diebian.kernel import clock
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    actor_by_username,
    register_official,
)
from tests.laid import laid_once

from .people import BUREAU, NUMBERS, PROVIDER, SLUG, department, set_the_scene, who

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 4, 2, tzinfo=UTC)  # its last day is the 18th
MANAGER, HEAD, AUTHORITY = "sample_manager", "sample_head", "sample_authority"


def _scene() -> None:
    set_the_scene()
    for username, post, of in (
        (MANAGER, Post.DATA_MANAGER, PROVIDER),
        (HEAD, Post.DATA_HEAD, PROVIDER),
        (AUTHORITY, Post.AUTHORITY, BUREAU),
    ):
        register_official(username=username, password="样例-2026-长", name=username,
                          department=department(of), posts=[post], by=PLATFORM)  # fmt: skip


laid = laid_once(_scene)


def test_each_rung_is_told_once_and_the_last_one_reaches_the_authority() -> None:
    made = _opened()
    heard = []
    for days in (1, 12, 12, 14, 15, 30):
        _reminded(days)
        heard.append(tuple(unread(key).count() for key in (MANAGER, HEAD, AUTHORITY)))
    assert heard == [(1, 0, 0), (2, 0, 0), (2, 0, 0), (3, 1, 0), (4, 2, 1), (4, 2, 1)]
    assert [one for one in actions_on(made.audit_subject) if "reminded" in one] == [
        "corrections.reminded_near", "corrections.reminded_last", "corrections.reminded_late",
    ]  # fmt: skip


def test_what_is_found_right_and_not_yet_mended_is_reminded_of_what_is_answered_is_not() -> None:
    made = _opened()
    confirm(correction_id=made.public_id, by=who(Post.DATA_MANAGER, PROVIDER))
    assert _reminded(15) == 1
    fix(correction_id=made.public_id, how="已改正", by=who(Post.DATA_MANAGER, PROVIDER))
    assert _reminded(16) == 0


def test_many_of_one_office_are_one_message() -> None:
    with clock.held_at(WEDNESDAY):
        findings = [Finding(number, "面积") for number in NUMBERS.values()]
        official = who(Post.DATA_MANAGER, BUREAU)
        told = {"resource": SLUG, "findings": findings, "says": "对不上", "case_no": "run-1"}
        assert open_found(**told, by=official) == 2  # type: ignore[arg-type]
    before = unread(MANAGER).count()
    assert _reminded(15) == 2
    assert unread(MANAGER).count() == before + 1


def test_only_the_platform_reminds() -> None:
    with pytest.raises(Refused):
        remind(by=who(Post.AUTHORITY, BUREAU))


def _opened() -> Correction:
    with clock.held_at(WEDNESDAY):
        return open_correction(resource=SLUG, item="面积", seen="86", says="89", case_no="case-1",
                               person_key=_person().key, by=_person())  # fmt: skip


def _reminded(days: int) -> int:
    with clock.held_at(WEDNESDAY + timedelta(days=days)):
        return remind(by=PLATFORM)


def _person() -> Actor:
    return actor_by_username("sample-one")
