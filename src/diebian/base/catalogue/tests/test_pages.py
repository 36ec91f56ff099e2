"""The list, its facets, and who may open what."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diebian.base.catalogue.facets import COLUMNS
from diebian.base.catalogue.models import DataItem, Entry, State
from diebian.base.catalogue.urls import urlpatterns
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post, department_keys
from diebian.standards.pinyin import initials
from tests.browsing import browser

from .factories import (
    BUREAU,
    OURS,
    THEIRS,
    a_department,
    a_draft,
    a_manager,
    a_published_entry,
    a_submitted_entry,
    an_official,
    the_authority,
)

WHERE = ("own", "other")
# Who may there is a matter of the post, never of the department: the table of permissions asks.
BY_POST = {
    "api-entries", "api-entry", "ckan", "ckan-short", "dcat", "dcat-dataset", "draft", "entries",
    "idle", "many", "openapi", "sheet", "sheet-download", "sheet-template",
}  # fmt: skip
pytestmark = pytest.mark.django_db
POSTS = (Post.DATA_MANAGER, Post.DATA_HEAD, Post.APPLICANT, Post.AUTHORITY)


@pytest.mark.parametrize("words", ["供热", "grzd", "GRZD", "户主", OURS])
def test_entries_are_found_by_title_initials_item_and_department(words: str) -> None:
    a_published_entry()
    assert "样例供热站点" in _page(a_manager(THEIRS), q=words)
    assert "没有找到" in _page(a_manager(THEIRS), q="没有的东西")


def test_facets_count_and_filters_are_words_that_can_be_removed() -> None:
    a_published_entry("甲")
    a_published_entry("乙", THEIRS)
    page = _page(the_authority(), sharing="unconditional", q="")
    assert re.search(r'value="unconditional" checked>.*?num">2<', page)
    assert "去掉这个条件" in page
    narrowed = _page(the_authority(), department=a_department(OURS))
    assert ">甲</a>" in narrowed
    assert ">乙</a>" not in narrowed
    assert re.search(rf'value="{a_department(THEIRS)}">.*?num">1<', narrowed)


def test_level_class_and_update_cycle_are_filters() -> None:
    a_published_entry("甲")
    Entry.objects.filter(pk=a_published_entry("乙").pk).update(
        level=3, data_class="important", update_cycle="day"
    )
    for question in ({"level": "3"}, {"class": "important"}, {"cycle": "day"}):
        page = _page(a_manager(), **question)
        assert (">乙</a>" in page, ">甲</a>" in page) == (True, False)
    page = _page(a_manager())
    for legend in ("数据级别", "数据分类", "更新周期"):
        assert f"<legend>{legend}</legend>" in page
    assert re.search(r'name="level" value="3">.*?num">1<', page)


def test_own_drafts_are_marked_and_nobody_elses_are_seen() -> None:
    a_draft(a_manager())
    assert '<span class="tag tag--wait">草稿</span>' in _page(a_manager())
    for other in (a_manager(THEIRS), the_authority()):
        assert "没有找到" in _page(other)


def test_odd_questions_are_answered() -> None:
    a_published_entry()
    everything = dict.fromkeys(COLUMNS, "x")
    for odd in (
        {"page": "x"}, {"page": "999"}, {"state": "nonsense"}, {"q": "%_'\""}, everything,
    ):  # fmt: skip
        assert browser(a_manager()).get("/catalogue/", odd).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    a_published_entry()
    few = _queries()
    _bulk(300)
    assert _queries() == few
    assert "共 16 页" in _page(a_manager())


def test_what_is_a_departments_is_not_anothers() -> None:
    entry = a_submitted_entry().public_id
    names = {str(pattern.name) for pattern in urlpatterns}
    assert names - BY_POST == {row[0] for row in _expected(uuid4())}
    wrong = []
    comers = [(who, browser(actor)) for who, actor in _desks()]
    for name, method, address, may in _expected(entry):
        for who, client in comers:
            answer = getattr(client, method)(
                address, **({"content_type": "application/json"} if "/api/" in address else {})
            )
            passes = answer.status_code not in {401, 403, 404}
            if passes != (who in may) or answer.status_code >= 500:
                wrong.append((name, method, who, answer.status_code))
    assert wrong == []


def _expected(entry: Any) -> Iterator[tuple[str, str, str, set[str]]]:
    """For an entry that waits for the authority: who gets past the door (not 401, 403, 404)."""
    own = {who for who, _ in _desks() if who.startswith("own ")}
    bureau = f"other {Post.AUTHORITY}"
    manager, authority = {f"own {Post.DATA_MANAGER}"}, {f"own {Post.AUTHORITY}", bureau}
    head = {f"own {Post.DATA_HEAD}"}
    yield "entry", "get", f"/catalogue/{entry}/", own | authority
    yield "edit", "get", f"/catalogue/{entry}/edit", manager
    yield "change", "get", f"/catalogue/{entry}/change", manager
    yield "change", "post", f"/catalogue/{entry}/change", manager
    yield "change-act", "post", f"/catalogue/{entry}/change/approve", head
    yield "version", "get", f"/catalogue/{entry}/versions/1", set()
    yield "sheet-upload", "get", f"/catalogue/sheet/{entry}/", set()
    yield "sheet-take", "post", f"/catalogue/sheet/{entry}/take", set()
    yield "review", "post", f"/catalogue/{entry}/review", manager | head
    yield "discard", "post", f"/catalogue/{entry}/discard", manager
    yield "submit", "post", f"/catalogue/{entry}/submit", manager
    yield "approve", "post", f"/catalogue/{entry}/approve", head
    yield "withdraw", "post", f"/catalogue/{entry}/withdraw", head | authority
    yield "send-back", "post", f"/catalogue/{entry}/send-back", authority
    yield "publish", "post", f"/catalogue/{entry}/publish", authority
    yield "api-act", "post", f"/api/catalogue/entries/{entry}/approval", head


def _desks() -> Iterator[tuple[str, Actor]]:
    for post in POSTS:
        yield f"own {post}", an_official(post)
        yield f"other {post}", an_official(post, THEIRS)


def _page(actor: Actor, **question: str) -> str:
    return browser(actor).get("/catalogue/", question).content.decode()


def _queries() -> int:
    mine = browser(a_manager())
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert mine.get("/catalogue/").status_code == 200
    return len(captured)


def _bulk(count: int) -> None:
    """Rows only: three hundred walks through the review would test the clock."""
    key = department_keys()[a_department(BUREAU)]
    titles = [f"样例目录{number:03d}" for number in range(count)]
    made = Entry.objects.bulk_create(
        Entry(
            provider_id=key,
            title=title,
            initials=initials(title),
            sharing="conditional",
            review_due="2027-01-01",
            state=State.PUBLISHED,
            published_at=clock.now(),
        )
        for title in titles
    )
    DataItem.objects.bulk_create(
        DataItem(entry=entry, place=1, name="项", type="C", level=1, privacy="none")
        for entry in made
    )
