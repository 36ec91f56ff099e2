import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.test import Client

from diebian.brain.indicators.public import Indicator, Row, Tally, indicators
from diebian.kernel.menu import Group
from diebian.kernel.registry import Registry
from diebian.portal.home import frame, selectors, views
from diebian.portal.home.public import (
    Count,
    CountProvider,
    Hit,
    MenuEntry,
    Panel,
    PanelProvider,
    PhraseProvider,
    SearchProvider,
    Topic,
    TopicProvider,
    Way,
)
from diebian.security.identity.public import PLATFORM, register_person

pytestmark = pytest.mark.django_db
WORD = "样例口令一二三"
ROOT = Path(__file__).parents[5]
# Its form, and the sentence of the first page that leads to the same.
SWITCH = re.compile(r'<(form|a) (action|href)="/elder/.*?</(form|a)>', re.DOTALL)


@pytest.fixture
def person(client: Client, settings: LazySettings) -> Client:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    register_person(
        username="p", password=WORD, name="样例", id_number="11010519491231002X", by=PLATFORM
    )
    client.post("/accounts/login/", {"username": "p", "password": WORD})
    return client


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shelves of this test alone, filled as a scene would fill them."""
    for name, item in {
        "home_panels": PanelProvider(
            "s",
            lambda _: Panel("您有 1 件事在办", "样例事项", "明天办完", "/c/1/", "看进度", "在办"),
        ),
        "counts": CountProvider("s", lambda _: Count("3 次", "数据被使用", "谁、何时", "/r/")),
        "topics": TopicProvider("s", lambda: [Topic("退休", "一起办", "/t/", "sofa")]),
        "phrases": PhraseProvider("s", lambda: ["我要退休了"]),
        "search_providers": SearchProvider(
            "s", lambda words: [Hit("职工退休", "样例部门", "/i/", "可网上办")] * ("退" in words)
        ),
    }.items():
        own: Registry = Registry(name)  # type: ignore[type-arg]
        own.register(item)
        monkeypatch.setattr(selectors, name, own)


class SevenRows:
    """Seven rows of a scene, of no county yet."""

    def tally(self) -> Tally:
        return Tally(7, 7)

    def page(self, start: int, stop: int) -> list[Row]:
        return [Row((f"{place}",)) for place in range(7)][start:stop]

    def by_county(self) -> dict[str, Tally]:
        return {"": self.tally()}

    def by_hour(self) -> dict[datetime, Tally]:
        return {}


@pytest.fixture
def figure(monkeypatch: pytest.MonkeyPatch) -> None:
    for slug, is_public in (("open-figure", True), ("inner-figure", False)):
        one = Indicator(
            slug=slug,
            title=f"样例 {slug}",
            unit="件",
            definition="样例口径",
            owner="样例部门",
            source="样例登记",
            columns=("编号",),
            read=lambda _: SevenRows(),
            classes=(1, 2, 3),
            is_public=is_public,
        )
        monkeypatch.setitem(indicators._items, slug, one)


@pytest.mark.usefixtures("shelf")
def test_a_signed_in_person_sees_what_is_under_way_first(person: Client) -> None:
    page = person.get("/").content.decode()
    assert "样例，您有 1 件事在办" in page
    assert 'href="/c/1/"' in page
    assert "3 次" in page


@pytest.mark.usefixtures("shelf")
def test_a_visitor_sees_topics_and_phrases_but_nobodys_cases(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'href="/t/"' in page
    assert "我要退休了" in page
    assert "在办" not in page


def test_an_empty_portal_says_what_to_do_instead(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "topics", Registry("topics"))
    assert "还没有列出常办的事" in client.get("/").content.decode()


@pytest.mark.usefixtures("shelf")
def test_a_search_marks_what_was_typed_and_tells_what_can_be_done_online(client: Client) -> None:
    page = client.get("/search/", {"q": "我要退休"}).content.decode()
    assert "职工<mark>退休</mark>" in page
    assert "可网上办" in page
    assert "样例部门" in page


@pytest.mark.usefixtures("shelf")
def test_a_search_without_result_helps_on(client: Client) -> None:
    page = client.get("/search/", {"q": "<script>"}).content.decode()
    assert "没有找到“&lt;script&gt;”" in page
    assert "可以这样做" in page
    assert "您可以这样说" in page
    assert 'href="/help/"' in page


def test_help_names_every_way_and_needs_no_account(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    own: Registry[Way] = Registry("ways")
    own.register(Way("s", "请人上门", "打个电话就行", "home:search", "clock"))
    monkeypatch.setattr(views, "ways", own)
    page = client.get("/help/").content.decode()
    assert "请人上门" in page
    assert "不用手机、不上网，也能办" in page
    assert "综合窗口" in page


@pytest.mark.usefixtures("figure")
def test_only_public_figures_are_shown_and_open_into_their_rows(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "样例 open-figure" in page
    assert "inner-figure" not in page
    assert "样例口径" in client.get("/figures/open-figure/").content.decode()
    assert client.get("/figures/inner-figure/").status_code == 404


def test_a_title_is_marked_only_where_two_typed_characters_stand_together() -> None:
    pieces = selectors.marked("购房提取养老金", "买房提养老金")
    assert [(piece.text, piece.is_hit) for piece in pieces] == [
        ("购", False),
        ("房提", True),
        ("取", False),
        ("养老金", True),
    ]


def two(_: Sequence[str]) -> list[QuerySet[Session]]:
    """The person's own session, in two heaps."""
    return [Session.objects.all(), Session.objects.all()]


def test_the_menu_tells_where_one_is_and_what_waits(
    person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Registry[MenuEntry]("menu entry")
    own.register(MenuEntry("a", "账户", "accounts:account", lambda _: True, two))
    own.register(MenuEntry("b", "搜索", "home:search", lambda _: True, lambda _: []))
    monkeypatch.setattr(frame, "menu", own)
    page = person.get("/accounts/").content.decode()
    assert 'href="/accounts/" aria-current="page">账户<span class="badge">2' in page
    assert page.count('class="badge"') == 1


def test_several_places_of_one_kind_are_one_place_that_opens(
    person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Registry[MenuEntry]("menu entry")
    monkeypatch.setattr(frame, "menu", own)
    for at, name in enumerate(("accounts:account", "home:search", "home:accessibility")):
        waits = two if at == 1 else None
        entry = MenuEntry(f"p{at}", f"处{at}", name, lambda _: True, waits, group=Group.DATA)
        own.register(entry)
        page = person.get("/accounts/").content.decode()
        assert (Group.DATA in page) == (at > 0)
    # It says that one is in it and how much waits, and holds every place on every page.
    assert f'<summary aria-current="true">{Group.DATA}<span class="badge">2' in page
    assert '<a href="/accounts/" aria-current="page">处0' in page
    elsewhere = person.get("/elsewhere/").content.decode()
    assert f"<summary>{Group.DATA}" in elsewhere
    assert 'href="/search/">处1' in elsewhere


def test_what_stands_alone_comes_before_the_groups(
    person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Registry[MenuEntry]("menu entry")
    monkeypatch.setattr(frame, "menu", own)
    for slug, group in (("a", Group.MORE), ("b", Group.MORE), ("c", Group.MINE), ("d", None)):
        own.register(MenuEntry(slug, f"处{slug}", "home:search", lambda _: True, group=group))
    page = person.get("/").content.decode()
    assert page.index("处d") < page.index("处c") < page.index(f"<summary>{Group.MORE}")
    assert f"<summary>{Group.MINE}" not in page  # a group of one is that one


def test_only_the_deepest_place_is_where_one_is_and_what_is_everybodys_stands_last(
    person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Registry[MenuEntry]("menu entry")
    monkeypatch.setattr(frame, "menu", own)
    for slug, name in (("a", "accounts:account"), ("b", "accounts:login")):
        own.register(MenuEntry(slug, f"处{slug}", name, lambda _: True))
    own.register(MenuEntry("c", "处c", "home:search", lambda _: False, is_public=True))
    own.register(MenuEntry("d", "处d", "home:help", lambda _: True, group=Group.MORE))
    page = person.get("/accounts/login/further").content.decode()
    assert 'href="/accounts/login/" aria-current="true">处b' in page
    assert 'href="/accounts/">处a' in page
    assert page.index(f"<summary>{Group.MORE}") < page.index("处c")


def test_statements_are_open_to_everybody_and_linked_from_every_page(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    for address in ("/accessibility/", "/personal-information/", "/help/"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_elder_mode_is_a_cookie_and_leads_back(client: Client) -> None:
    answer = client.get("/elder/", {"on": "1", "next": "/search/"})
    assert answer["Location"] == "/search/"
    assert "data-elder" in client.get("/").content.decode()
    assert client.get("/elder/", {"on": "0", "next": "//evil.example"})["Location"] == "/"
    assert "data-elder" not in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/", "/search/?q=样例", "/accessibility/"])
def test_elder_mode_is_one_word_of_a_page_and_its_switch(client: Client, path: str) -> None:
    """In the browser an open page is turned over by that word instead of being loaded again."""
    normal = client.get(path).content.decode()
    client.cookies["elder"] = "1"
    elder = client.get(path).content.decode()
    assert SWITCH.sub("", elder).replace(" data-elder", "", 1) == SWITCH.sub("", normal)
    assert elder != normal


def test_no_other_page_asks_for_the_mode() -> None:
    asking = {
        template.name
        for template in (ROOT / "src").rglob("templates/**/*.html")
        if re.search(r"{% *(if|include)[^%]*\belder\b", template.read_text())
    }
    assert asking == {"page.html", "elder_switch.html", "home.html"}
