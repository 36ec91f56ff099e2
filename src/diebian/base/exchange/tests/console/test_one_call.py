"""A call opens under its one key: who, for whom, what for, what came of it, and what was read."""

from datetime import UTC, datetime

import pytest

from diebian.base.exchange.metering.models import DELIVERY, LOG_LOST, Call
from diebian.base.exchange.tests.books import write_read
from diebian.base.exchange.tests.people import (
    BUREAU,
    CONSUMER,
    OTHER,
    PROVIDER,
    SLUG,
    SYSTEM,
    a_grant,
    a_resource,
    who,
)
from diebian.kernel import clock
from diebian.security.identity.public import Post, subject_ref
from tests.browsing import browser
from tests.laid import laid_once

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)
KEY = "7a3c0000-0000-4000-8000-000000000001"
SUBJECT = subject_ref("219902198803120029")


def _scene() -> None:
    a_resource()
    a_grant()


laid = laid_once(_scene)


def test_it_tells_all_that_the_books_hold_and_no_number() -> None:
    a_call()
    a_read()
    page = opened(KEY)
    for word in (SYSTEM, "样例房屋查询", "样例经手人", CONSUMER, "样例用途", "SAMPLE-1",
                 "权利人、面积", "2026-11-25 12:00:00", "已答复", KEY, "their-own-id"):  # fmt: skip
        assert word in page, word
    assert SUBJECT not in page
    assert SUBJECT[:4] in page
    listed = browser(who(Post.AUTHORITY, BUREAU))
    with clock.held_at(NOON):
        assert f'href="/exchange/calls/{KEY}/"' in listed.get("/exchange/calls/").content.decode()


@pytest.mark.parametrize(
    ("status", "code", "says"),
    [
        (403, "exchange.case_not_live", "这件事没有登记"),
        (429, "exchange.over_limit", "调用频率超过授权额度"),  # by Envoy alone: no code is kept
        (401, "exchange.no_valid_token", "没有授权"),
        (503, "exchange.upstream_unavailable", "提供部门的系统暂时联系不上"),
    ],
)
def test_a_refusal_tells_its_code_and_that_nobody_was_read(
    status: int, code: str, says: str
) -> None:
    a_call(status=status, code=code if status in {403, 503} else "")
    page = opened(KEY)
    assert code in page
    assert says in page
    assert "没有读到任何人的信息" in page


def test_an_answer_without_its_read_is_told_and_a_delivery_is_none() -> None:
    a_call()
    assert "没有按这个编号记下读了谁" in opened(KEY)
    a_call(request_id="table-7", instance=DELIVERY, flags="TABLE")
    page = opened("table-7")
    assert "没有按这个编号记下读了谁" not in page
    assert "按批送到库" in page


def test_it_says_from_which_book_a_call_is_known() -> None:
    a_call(flags=LOG_LOST)
    assert "broker 的账" in opened(KEY)


def test_who_may_not_see_the_call_finds_none() -> None:
    a_call()
    a_read()
    seen = {
        of: browser(who(Post.DATA_HEAD, of)).get(f"/exchange/calls/{KEY}/").status_code
        for of in (PROVIDER, CONSUMER, OTHER)
    }
    assert seen == {PROVIDER: 200, CONSUMER: 200, OTHER: 404}
    assert browser(who(Post.AUTHORITY, BUREAU)).get("/exchange/calls/none/").status_code == 404
    assert browser(who(Post.REVIEWER, CONSUMER)).get(f"/exchange/calls/{KEY}/").status_code == 403


def opened(request_id: str) -> str:
    answer = browser(who(Post.AUTHORITY, BUREAU)).get(f"/exchange/calls/{request_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def a_call(
    *,
    request_id: str = KEY,
    status: int = 200,
    code: str = "",
    flags: str = "",
    instance: str = "envoy-1",
) -> None:
    Call.objects.create(
        instance=instance, inode=1, offset=Call.objects.count(), at=NOON, request_id=request_id,
        route=SLUG, system=SYSTEM, status=status, flags=flags, milliseconds=12, code=code,
    )  # fmt: skip


def a_read() -> None:
    write_read(
        request_id=KEY,
        client_call_id="their-own-id",
        at=NOON,
        subject=SUBJECT,
        reader_person="样例经手人",
        columns="权利人、面积",
    )
