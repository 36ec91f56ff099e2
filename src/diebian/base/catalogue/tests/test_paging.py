"""Published entries for machines: page by page, none left out, none twice."""

from typing import Any

import pytest
from django.test import Client

from diebian.base.catalogue.actions import withdraw_entry
from tests.browsing import browser

from .factories import THEIRS, a_draft, a_head, a_manager, a_published_entry

pytestmark = pytest.mark.django_db
ADDRESS = "/api/catalogue/entries"


@pytest.fixture
def reader() -> Client:
    return browser(a_manager(THEIRS))


def test_following_next_gives_every_entry_once(reader: Client) -> None:
    titles = [a_published_entry(f"样例{number}").title for number in range(5)]
    a_draft(a_manager(), "草稿")
    pages, address = [], f"{ADDRESS}?limit=2"
    while address:
        answer = reader.get(address)
        told = answer.json()
        pages.append([one["title"] for one in told["entries"]])
        address = told.get("next", "")
        assert answer.headers.get("Link") == (f'<{address}>; rel="next"' if address else None)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [title for page in pages for title in page] == titles


def test_what_happens_while_somebody_reads_on_moves_nothing(reader: Client) -> None:
    made = [a_published_entry(f"样例{number}") for number in range(4)]
    first = reader.get(f"{ADDRESS}?limit=2").json()
    for entry in made[:2]:
        withdraw_entry(entry_id=entry.public_id, reason="样例", by=a_head())
    a_published_entry("新来的")
    rest = reader.get(first["next"]).json()
    assert [one["title"] for one in rest["entries"]] == ["样例2", "样例3"]
    last = reader.get(rest["next"]).json()
    assert [one["title"] for one in last["entries"]] == ["新来的"]


def test_without_a_word_the_answer_is_as_it_was_but_bounded(reader: Client) -> None:
    a_published_entry()
    told = reader.get(ADDRESS).json()
    [line] = told["entries"]
    assert set(line) == {"id", "title", "provider", "sharing", "published_at"}
    assert "next" not in told


def test_a_reader_that_has_the_page_is_told_so(reader: Client) -> None:
    a_published_entry()
    tag = reader.get(ADDRESS).headers["ETag"]
    assert reader.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304
    a_published_entry("又一条")
    assert reader.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"limit": "0"}, {"limit": "1001"}, {"limit": "x"}, {"limit": "９"}, {"after": "x"},
     {"after": "00000000-0000-0000-0000-000000000000"}],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_refused(
    reader: Client, wrong: dict[str, str]
) -> None:
    answer = reader.get(ADDRESS, wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "kernel.invalid")
    assert list(answer.json()["fields"]) == list(wrong)


def test_the_question_is_documented(client: Client) -> None:
    paths: Any = client.get("/api/openapi.json").json()["paths"]
    told = paths[ADDRESS]["get"]
    assert [one["name"] for one in told["parameters"]] == ["limit", "after"]
    assert {"200", "304"} <= set(told["responses"])
