from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client

from diebian.kernel import clock
from diebian.portal.accounts.selectors import POSTS
from diebian.security.identity.public import (
    PLATFORM,
    Post,
    register_department,
    register_official,
    register_person,
)
from diebian.standards.masking import masked

pytestmark = pytest.mark.django_db
CODE, WORD = "91110000600037341L", "样例口令一二三"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the hash is not what is tested
MORNING = datetime(2026, 11, 24, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _people(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = QUICK
    register_department(credit_code=CODE, name="样例部门", by=PLATFORM)
    register_person(
        username="person",
        password=WORD,
        name="样例",
        id_number="11010519491231002X",
        phone="13800000000",
        by=PLATFORM,
    )
    for username, posts in (("watcher", ["duty_officer"]), ("nobody", [])):
        register_official(
            username=username,
            password=WORD,
            name=username,
            department=CODE,
            posts=posts,
            by=PLATFORM,
        )


def signed_in(client: Client, username: str, after: str = "") -> str:
    answer = client.post(f"/accounts/login/?next={after}", {"username": username, "password": WORD})
    assert answer.status_code == 302
    return answer["Location"]


@pytest.mark.parametrize(
    ("username", "place"), [("person", "/"), ("watcher", "/brain/"), ("nobody", "/")]
)
def test_signing_in_leads_to_ones_own_desk(client: Client, username: str, place: str) -> None:
    assert signed_in(client, username) == place


def test_signing_in_leads_back_to_the_page_that_was_wanted(client: Client) -> None:
    assert signed_in(client, "watcher", "/search/") == "/search/"


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example", "javascript:0"])
def test_signing_in_never_leads_to_another_site(client: Client, after: str) -> None:
    assert signed_in(client, "person", after) == "/"


def test_a_wrong_password_is_told_at_the_field_and_the_name_is_kept(client: Client) -> None:
    answer = client.post("/accounts/login/", {"username": "person", "password": "wrong"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert 'href="#password"' in page
    assert 'aria-describedby="password-error"' in page
    assert 'value="person"' in page


def test_an_idle_official_is_signed_out_and_told_why(client: Client) -> None:
    with clock.held_at(MORNING):
        signed_in(client, "watcher")
        assert client.get("/accounts/").status_code == 200
    with clock.held_at(MORNING + timedelta(minutes=31)):
        answer = client.get("/accounts/")
        assert answer.status_code == 401
        assert "已经替您退出" in answer.content.decode()
        assert "/accounts/login/?next=/accounts/" in answer.content.decode()


def test_a_busy_official_and_a_person_stay_signed_in(client: Client) -> None:
    other = Client()
    with clock.held_at(MORNING):
        signed_in(client, "watcher")
        signed_in(other, "person")
        client.get("/")
        other.get("/")
    for minutes in (25, 50):
        with clock.held_at(MORNING + timedelta(minutes=minutes)):
            assert client.get("/accounts/").status_code == 200
    with clock.held_at(MORNING + timedelta(minutes=50)):
        assert other.get("/accounts/").status_code == 200


def test_the_account_page_hides_the_middle_of_numbers(client: Client) -> None:
    signed_in(client, "person")
    page = client.get("/accounts/").content.decode()
    assert "1101**********002X" in page
    assert "11010519491231002X" not in page
    assert "138****0000" in page


def test_a_short_number_is_hidden_altogether() -> None:
    assert masked("1234567", first=4, last=4) == "*" * 7


def test_every_post_has_a_chinese_name() -> None:
    assert set(Post) == set(POSTS)


def test_signing_out_ends_the_session(client: Client) -> None:
    signed_in(client, "person")
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/accounts/").status_code == 401
