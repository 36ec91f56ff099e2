from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from diebian.kernel import clock
from diebian.security.identity.public import (
    PLATFORM,
    AccountLocked,
    Actor,
    IdNumberInvalid,
    Kind,
    Post,
    Refused,
    WrongCredentials,
    actor_by_username,
    actor_of,
    person,
    register_department,
    register_official,
    register_person,
    sign_in,
    sign_out,
    subject_ref,
)

pytestmark = pytest.mark.django_db
CODE, ID_NUMBER, WORD = "91110000600037341L", "11010519491231002X", "样例口令一二三"
MORNING = datetime(2026, 11, 24, 1, tzinfo=UTC)


def test_a_person_signs_in_and_acts_under_their_own_name() -> None:
    a_person()
    request = a_request()
    actor = sign_in(request, username="sample", password=WORD)
    assert actor == actor_of(request)
    assert actor.kind == Kind.PERSON
    assert person(actor.key).id_number == ID_NUMBER


def test_an_official_acts_in_posts_of_one_department() -> None:
    an_official()
    actor = actor_by_username("officer")
    assert actor.department == CODE
    assert actor.holds(Post.REVIEWER)
    assert not actor.holds(Post.DATA_HEAD)


@pytest.mark.parametrize(("username", "password"), [("sample", "wrong"), ("nobody", WORD)])
def test_a_wrong_name_and_a_wrong_password_answer_alike(username: str, password: str) -> None:
    a_person()
    with pytest.raises(WrongCredentials):
        sign_in(a_request(), username=username, password=password)


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour() -> None:
    a_person()
    with clock.held_at(MORNING):
        for _ in range(5):
            with pytest.raises(WrongCredentials):
                sign_in(a_request(), username="sample", password="wrong")
        with pytest.raises(AccountLocked):
            sign_in(a_request(), username="sample", password=WORD)
    with clock.held_at(MORNING + timedelta(minutes=16)):
        sign_in(a_request(), username="sample", password=WORD)


def test_an_invalid_id_number_registers_nobody() -> None:
    with pytest.raises(IdNumberInvalid):
        a_person(id_number="110105194912310021")


def test_only_the_platform_registers_people() -> None:
    with pytest.raises(Refused):
        register_person(
            username="x", password=WORD, name="样例", id_number=ID_NUMBER, by=Actor(name="样例人员")
        )


def test_signing_out_leaves_nothing_behind() -> None:
    a_person()
    request = a_request()
    sign_in(request, username="sample", password=WORD)
    sign_out(request)
    assert dict(request.session.items()) == {}


def test_a_subject_is_named_blindly_and_always_the_same() -> None:
    assert subject_ref(ID_NUMBER) == subject_ref(ID_NUMBER)
    assert ID_NUMBER not in subject_ref(ID_NUMBER)


def a_request() -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore()
    return request


def a_person(id_number: str = ID_NUMBER) -> None:
    register_person(
        username="sample", password=WORD, name="样例人员", id_number=id_number, by=PLATFORM
    )


def an_official() -> None:
    register_department(credit_code=CODE, name="样例部门", by=PLATFORM)
    register_official(
        username="officer",
        password=WORD,
        name="样例科员",
        department=CODE,
        posts=["reviewer"],
        by=PLATFORM,
    )
