"""From the catalogue to the consumer's own database, on pages; each side is told the next step."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from diebian.base.delivery.arranging import arrange
from diebian.base.delivery.models import Delivery, Schedule, Target
from diebian.base.delivery.selectors import deliveries_for, due
from diebian.base.delivery.using import USER
from diebian.base.exchange.public import revoke, terms_of
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post, department_key
from tests.browsing import browser

from .people import (
    CONSUMER,
    OTHER,
    TABLE,
    a_grant,
    a_table,
    an_entry,
    collected,
    consumer_database,
    sent,
    who,
)

pytestmark = pytest.mark.usefixtures("lake_place")


def test_both_sides_see_the_next_step_and_then_each_batch() -> None:
    collected(10)
    a_table(an_entry())
    applicant, head = browser(who(Post.APPLICANT, CONSUMER)), browser(who(Post.DATA_HEAD))
    asking = applicant.get(f"/exchange/resources/{TABLE}/").content.decode()
    assert "库表送到本单位的库" in asking
    assert "调用额度" not in asking
    grant = a_grant()
    request = f"/exchange/requests/{terms_of(grant).request}/"
    assert "安排送到哪个库" in applicant.get(request).content.decode()
    assert "现在不用做什么" in head.get(request).content.decode()
    arrange = f"/delivery/grants/{grant}/arrange"
    assert "等您安排" in applicant.get("/delivery/").content.decode()
    assert "等您安排" not in head.get("/delivery/").content.decode()
    assert "先登记接收库" in applicant.get(arrange).content.decode()
    with consumer_database() as house:
        told = {"target": "house", "table": "people", "schedule": "follow"}
        assert applicant.post(arrange, {**told, "table": "x; drop"}).status_code == 422
        done = applicant.post(arrange, told)
        delivery = Delivery.objects.get()
        assert done["Location"] == f"/delivery/{delivery.public_id}/"
        sent(delivery)
        assert house.execute("select count(*) from people").fetchone() == (10,)
        _registers_another(applicant)
    for reader in (applicant, head):
        page = reader.get(f"/delivery/{delivery.public_id}/").content.decode()
        assert "全部" in page
        assert "正常" in reader.get("/delivery/").content.decode()
        assert (f"/corrections/new/{TABLE}/" in page) == (reader is applicant)  # it is wrong
    assert head.post(f"/delivery/{delivery.public_id}/send").status_code == 403
    stranger = browser(who(Post.DATA_HEAD, OTHER))
    assert stranger.get(f"/delivery/{delivery.public_id}/").status_code == 404
    revoke(grant_id=grant, reason="样例", by=who(Post.DATA_HEAD))
    assert "不再送" in head.get(f"/delivery/{delivery.public_id}/").content.decode()
    assert applicant.post(f"/delivery/{delivery.public_id}/send").status_code == 403


def _registers_another(applicant: Client) -> None:
    told: dict[str, Any] = {"title": "甲", "slug": "other", "schema": "public"}
    told |= {"url": "postgresql://writer@127.0.0.1:1/none"}
    gone = applicant.post("/delivery/targets/new", told)
    assert gone.status_code == 422
    assert "连不上" in gone.content.decode()
    told["url"] = "postgresql://a:secret@127.0.0.1/none"
    assert "不要写口令" in applicant.post("/delivery/targets/new", told).content.decode()
    assert Target.objects.count() == 1


def test_many_deliveries_are_listed_and_found_due_with_as_many_questions_as_one() -> None:
    collected(3)
    a_table(an_entry())
    applicant = who(Post.APPLICANT, CONSUMER)
    Target.objects.create(slug="house", title="样例收数库", address={}, checked_at=clock.now(),
                          department_id=department_key(applicant))  # fmt: skip
    first = _arranged(0)
    first.looked_at = clock.now()  # after the collecting
    first.save()
    one = _questions(applicant)
    assert [(use.words, set(use.columns)) for use in USER.uses("people")] == [
        ("挂载的库表：样例人员表", {"id", "name", "amount"}),
        (f"库表交付：样例人员表送到{CONSUMER}", {"id", "name"}),  # what was granted of it
    ]
    others = [_arranged(number) for number in (1, 2)]
    revoke(grant_id=others[1].grant_id, reason="样例", by=who(Post.DATA_HEAD))
    assert _questions(applicant) == one
    assert due() == [others[0].pk]  # the first has looked, the last is over
    assert [line.words for line in deliveries_for(applicant)] == [
        "授权已停，不再送", "还没有送过", "还没有送过",
    ]  # fmt: skip


def _arranged(number: int) -> Delivery:
    return arrange(
        grant_id=a_grant(purpose=f"样例用途{number}"),
        target="house",
        table=f"people{number}",
        schedule=Schedule.FOLLOW,
        by=who(Post.APPLICANT, CONSUMER),
    )


def _questions(by: Actor) -> int:
    with CaptureQueriesContext(connection) as captured:
        deliveries_for(by)
        due()
    return len(captured)
