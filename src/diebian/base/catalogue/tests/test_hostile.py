"""What a hostile visitor sends: never an error of ours, always a refusal that says so."""

import json
from typing import Any

import pytest
from django.test import Client

from diebian.base.catalogue.models import Entry, State
from tests.browsing import browser

from .factories import a_head, a_manager, a_published_entry

pytestmark = pytest.mark.django_db
DRAFT = {"title": "样例", "sharing": "conditional", "review_due": "2027-01-01", "items": "项"}
ODD: tuple[Any, ...] = (5, -1.5, True, [], {"a": 1}, ["a"], 10**40, "\0", "\ud800")
DEEP = "[" * 50_000
BODIES = (
    DEEP,
    "{",
    '{"title": NaN}',
    '{"title": "\\u0000"}',
    '{"title": "\\ud800"}',
    "null",
    '"甲"',
)
QUESTIONS = (
    {"fq": "groups:(theme-housing"}, {"fq": 'tags:"户主'}, {"fq": "-groups:a"}, {"fq": "户主"},
    {"fq": "tags:a " * 21}, {"sort": "title," * 21}, {"rows": True}, {"rows": "９"}, {"start": [1]},
    {"facet.field": DEEP}, {"facet.field": '["tags"'}, {"facet.limit": "-x"},
)  # fmt: skip


@pytest.mark.parametrize("field", DRAFT)
def test_an_odd_value_of_a_draft_is_refused_or_taken_as_text(field: str) -> None:
    mine = browser(a_manager())
    for odd in ODD:
        answer = _sent(mine, "/api/catalogue/entries", {**DRAFT, field: odd})
        assert answer.status_code in {201, 400, 409, 422}, (odd, answer.content)
        assert not Entry.objects.filter(title__startswith="[").exists()


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_that_is_no_object_of_texts_is_refused(body: str) -> None:
    mine = browser(a_manager())
    for address in ("/api/catalogue/entries", "/api/3/action/package_search"):
        answer = mine.post(address, body, content_type="application/json")
        assert answer.status_code == 400, answer.content


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_a_search_that_is_not_understood_is_refused_and_not_widened(
    client: Client, question: dict[str, Any]
) -> None:
    answer = _sent(client, "/api/3/action/package_search", question)
    assert answer.status_code == 409, answer.content
    assert next(iter(question)) in answer.json()["error"]


def test_quotes_and_brackets_hold_a_value_together(client: Client) -> None:
    a_published_entry()
    for fq, count in {
        'tags:"户主姓名"': 1, "+tags:(户主姓名) AND tags:站点名称": 1, 'tags:"户主 姓名"': 0, " ": 1
    }.items():  # fmt: skip
        answer = _sent(client, "/api/3/action/package_search", {"fq": fq})
        assert answer.json()["result"]["count"] == count, fq


def test_a_text_that_cannot_be_kept_changes_nothing() -> None:
    entry = a_published_entry()
    answer = browser(a_head()).post(f"/catalogue/{entry.public_id}/withdraw", {"reason": "空\0"})
    assert answer.status_code == 400
    assert "看不见的空字符" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.state == State.PUBLISHED


def test_a_form_of_a_page_is_no_body_of_a_machine() -> None:
    """With the guard against forged forms on, it is read as a form before the view sees it."""
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies["csrftoken"] = token = "a" * 32
    sent = {"csrfmiddlewaretoken": token, "resource": "x"}
    for address in ("/api/exchange/requests", "/api/3/action/package_list"):
        assert guarded.post(address, sent).status_code in {400, 401}, address


def test_twenty_thousand_items_are_refused_at_once() -> None:
    answer = browser(a_manager()).post("/catalogue/draft", {**DRAFT, "items": "项\n" * 20_000})
    assert "最多 300 项，现在有 20000 项" in answer.content.decode()


def _sent(mine: Client, address: str, told: Any) -> Any:
    return mine.post(address, json.dumps(told), content_type="application/json")
