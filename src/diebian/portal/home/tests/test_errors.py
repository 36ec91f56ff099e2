"""What a person reads when a page cannot be given, and that nothing of the inside is in it."""

import logging
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from diebian.portal.home.frame import LastCity

NUMBER = re.compile(r"\d{4}-\d{4}-\d{4}")


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def cut_database() -> Iterator[None]:
    """The connection leads to a socket where nobody listens, as when PostgreSQL is gone."""
    connection.close()
    known = connection.settings_dict["PORT"], connection.settings_dict["HOST"]
    connection.settings_dict["HOST"], connection.settings_dict["PORT"] = "127.0.0.1", "1"
    yield
    connection.close()
    connection.settings_dict["PORT"], connection.settings_dict["HOST"] = known


@pytest.mark.django_db
def test_an_unknown_page_offers_the_search_and_a_number_to_quote(visitor: Client) -> None:
    answer = visitor.get("/no/such/page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "没有这一页" in page
    assert 'role="search"' in page
    assert answer["X-Request-ID"] in page
    assert NUMBER.fullmatch(answer["X-Request-ID"])


@pytest.mark.django_db
def test_a_page_that_lay_too_long_says_so() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/logout/")
    assert answer.status_code == 403
    assert "放得太久" in answer.content.decode()
    assert "csrf" not in answer.content.decode().lower()


@pytest.mark.django_db
def test_too_large_a_form_is_told_and_not_called_a_fault(visitor: Client) -> None:
    body = {"username": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    answer = visitor.post(
        "/accounts/login/",
        "username=" + body["username"],
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 413
    assert "太大" in answer.content.decode()


@pytest.mark.django_db
def test_an_address_of_a_button_opened_by_hand_is_a_page_too(visitor: Client) -> None:
    answer = visitor.get("/accounts/logout/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "不能直接打开" in answer.content.decode()


@pytest.mark.django_db
def test_a_machine_gets_problems_it_can_read(visitor: Client) -> None:
    answer = visitor.get("/api/no/such/thing")
    told = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (told["status"], told["code"]) == (404, "home.unknown_page")
    assert told["request_id"] == answer["X-Request-ID"]


@pytest.mark.django_db
def test_a_fault_tells_a_number_and_the_log_tells_the_fault(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("the secret inside")

    monkeypatch.setattr("diebian.portal.home.selectors.shown_topics", broken)
    with caplog.at_level(logging.ERROR):
        answer = visitor.get("/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "我们这边出错了" in page
    assert answer["X-Request-ID"] in page
    assert "ZeroDivision" not in page
    assert "the secret inside" not in page
    assert "ZeroDivision" in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("cut_database")
def test_without_the_database_a_person_learns_when_to_come_back(visitor: Client) -> None:
    answer = visitor.get("/")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "暂时连不上数据库" in page
    assert "1 分钟后再试" in page
    assert answer["Retry-After"] == "60"
    assert "127.0.0.1" not in page
    assert "default-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("cut_database")
def test_without_the_database_the_hotline_is_still_known(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from diebian.base.directory.public import CityHead

    line = CityHead("样例市", "样例", "99999", "", is_sample=True)
    monkeypatch.setattr(LastCity, "line", line)
    visitor.cookies["elder"] = "1"
    page = visitor.get("/").content.decode()
    assert "99999" in page
    assert "data-elder" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("cut_database")
def test_without_the_database_a_machine_is_told_to_wait(visitor: Client) -> None:
    visitor.cookies["sessionid"] = "somebody"  # so that the database is asked
    answer = visitor.get("/api/catalogue/entries")
    assert (answer.status_code, answer.json()["code"]) == (503, "home.no_database")
    assert answer["Retry-After"] == "60"


@pytest.mark.usefixtures("cut_database")
def test_the_supervisors_probe_needs_no_database(visitor: Client) -> None:
    assert visitor.get("/healthz").status_code == 200
