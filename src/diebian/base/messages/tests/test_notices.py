"""消息: each person sees their own; looking changes nothing."""

from uuid import UUID

import pytest
from django.db import IntegrityError
from django.test import Client

from diebian.base.messages.models import Notice
from diebian.base.messages.public import notify, unread
from diebian.security.identity.public import PLATFORM, Actor, Kind, Refused
from tests.browsing import browser

pytestmark = pytest.mark.django_db
MINE, OTHER = (Actor(name=f"样例{key}", kind=Kind.PERSON, key=key) for key in ("mine", "other"))


def a_notice(title: str = "样例事项", link: str = "/cases/1/") -> UUID:
    return notify(
        key="mine", title=title, body="已受理，您现在不用做什么。", link=link, by=PLATFORM
    ).public_id


def page_of(actor: Actor) -> str:
    return browser(actor).get("/me/messages/").content.decode()


def test_the_newest_stands_first_and_unread_is_said_in_words() -> None:
    a_notice("先来的")
    a_notice("后来的")
    page = page_of(MINE)
    assert page.index("后来的") < page.index("先来的")
    assert page.count(">未读<") == 2
    assert "有 2 条未读" in page


def test_looking_marks_nothing_read_and_opening_does() -> None:
    notice, mine = a_notice(), browser(MINE)
    mine.get("/me/messages/")
    assert mine.get(f"/me/messages/{notice}/read").status_code == 405
    assert unread("mine").count() == 1
    answer = mine.post(f"/me/messages/{notice}/read")
    assert answer.headers["Location"] == "/cases/1/"
    assert unread("mine").count() == 0
    first = Notice.objects.get().read_at
    mine.post(f"/me/messages/{notice}/read")
    assert Notice.objects.get().read_at == first


def test_all_are_marked_read_at_once() -> None:
    a_notice()
    a_notice(link="")
    mine = browser(MINE)
    assert mine.get("/me/messages/read").status_code == 405
    mine.post("/me/messages/read")
    assert unread("mine").count() == 0
    assert "都读过了" in page_of(MINE)


def test_another_person_sees_and_opens_nothing() -> None:
    notice = a_notice()
    assert "现在没有消息" in page_of(OTHER)
    assert browser(OTHER).post(f"/me/messages/{notice}/read").status_code == 404
    browser(OTHER).post("/me/messages/read")
    assert unread("mine").count() == 1


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert Client().get("/me/messages/").status_code == 401


def test_a_person_does_not_write_to_others() -> None:
    with pytest.raises(Refused):
        notify(key="mine", title="样例", body="样例", by=OTHER)


@pytest.mark.parametrize("link", ["https://x.example/", "//x.example/", "/\\x.example", "cases"])
def test_a_notice_never_leads_away(link: str) -> None:
    with pytest.raises(IntegrityError, match="notice_link_is_ours"):
        a_notice(link=link)
