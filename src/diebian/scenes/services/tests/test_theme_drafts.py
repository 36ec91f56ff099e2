"""A theme is composed by page: it is shown what comes of a draft, and another one publishes it."""

from typing import Any

import pytest
from django.http import HttpResponse

from diebian.scenes.services.models import Theme, ThemeDraft, ThemeVersion
from diebian.scenes.services.refusals import OwnDraft, ThemeFaulty, VersionSame, VersionUnderWay
from diebian.scenes.services.themes.lines import lines_of, places_in
from diebian.scenes.services.themes.writing import publish_draft, submit_draft, write_draft
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, register_official
from tests.browsing import browser

from .people import OTHER, OWNER, WORD, who
from .test_themes import _theme  # noqa: F401  the same theme

LINES = "A1\nB1 样例B1 ｜ A1\nC1 | B1"
PLACES = [{"code": "A1", "after": []}, {"code": "C1", "after": ["A1"]}]


@pytest.fixture(autouse=True)
def _manager(_theme: None) -> None:  # noqa: F811
    register_official(username="manager", password=WORD, name="manager", department=OWNER,
                      posts=["data_manager"], by=PLATFORM)  # fmt: skip


def page(username: str, path: str, **sent: str) -> HttpResponse:
    client = browser(who(username))
    address = f"/desk/themes/OT1/{path}"
    answer: Any = client.post(address, sent) if sent else client.get(address)
    return answer  # type: ignore[no-any-return]


def written(**sent: str) -> HttpResponse:
    told = {"members": LINES, "why": "样例理由", "q-married": "您有配偶吗？", "s-married": ""}
    return page("manager", "edit/", **told | sent)


def test_from_a_draft_to_the_guide_two_people_and_no_more() -> None:
    assert written().status_code == 302
    told = page("manager", "").content.decode()
    assert "C1 样例C1：等 A1 → 等 B1" in told
    assert "情形“married”改问：您有配偶吗？" in told
    assert "最长 10 个工作日" in told
    assert page("manager", "submit", go="1").status_code == 302
    assert page("manager", "publish", go="1").status_code == 403
    assert "通过，马上发布" in page("supervisor", "").content.decode()
    assert page("supervisor", "publish", go="1").status_code == 302
    assert [one["after"] for one in Theme.objects.get().places] == [[], ["A1"], ["B1"]]
    newest = ThemeVersion.objects.order_by("-number").first()
    assert newest is not None
    assert newest.compiled.days == 10
    assert "您有配偶吗？" in browser().get("/themes/OT1/").content.decode()


def test_a_circle_is_kept_as_a_draft_named_and_not_handed_on() -> None:
    written(members="A1 | C1\nB1\nC1 | A1")
    told = page("manager", "").content.decode()
    assert "前后关系绕成了圈：A1“样例A1”要等C1“样例C1”要等A1“样例A1”" in told
    with pytest.raises(ThemeFaulty):
        submit_draft(code="OT1", by=who("manager"))


def test_what_is_refused_keeps_what_was_typed() -> None:
    answer = written(why=" ")
    assert answer.status_code == 422
    assert "C1 | B1" in answer.content.decode()
    assert written(members="A1 | B1 | C1").status_code == 422


def test_who_wrote_it_does_not_publish_it_even_with_both_posts() -> None:
    both = Actor("样例", OWNER, key="both", posts=(Post.DATA_MANAGER, Post.AUTHORITY))
    write_draft(code="OT1", places=PLACES, wordings={}, why="样例", by=both)
    submit_draft(code="OT1", by=both)
    with pytest.raises(OwnDraft):
        publish_draft(code="OT1", by=both)


def test_only_the_department_that_leads_writes_and_nothing_while_it_is_reviewed() -> None:
    told: dict[str, Any] = {"code": "OT1", "wordings": {}, "why": "样例"}
    other = Actor("外人", OTHER, key="x", posts=(Post.DATA_MANAGER,))
    with pytest.raises(Refused):
        write_draft(places=PLACES, by=other, **told)
    with pytest.raises(VersionSame):
        write_draft(places=Theme.objects.get().places, by=who("manager"), **told)
    write_draft(places=PLACES, by=who("manager"), **told)
    submit_draft(code="OT1", by=who("manager"))
    with pytest.raises(VersionUnderWay):
        write_draft(places=PLACES, by=who("manager"), **told)
    page("supervisor", "send-back", reason="请再看")
    assert "上次被退回：请再看" in page("manager", "").content.decode()
    page("manager", "discard", go="1")
    assert not ThemeDraft.objects.exists()


def test_lines_are_read_as_they_are_written() -> None:
    assert places_in(lines_of(PLACES, {"A1": "样例"})) == PLACES
