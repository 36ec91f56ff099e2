"""From the catalogue to the consumer's own database, on pages; each side is told the next step."""

from typing import Any

import pytest
from django.test import Client

from diebian.base.delivery.models import Delivery, Target
from diebian.base.exchange.public import revoke, terms_of
from diebian.security.identity.public import Post

from .people import (
    CONSUMER,
    OTHER,
    TABLE,
    a_grant,
    a_table,
    an_entry,
    browser,
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
    assert head.post(f"/delivery/{delivery.public_id}/send").status_code == 403
    stranger = browser(who(Post.DATA_HEAD, OTHER))
    assert stranger.get(f"/delivery/{delivery.public_id}/").status_code == 404
    revoke(grant_id=grant, reason="样例", by=who(Post.DATA_HEAD))
    assert "不再送" in head.get(f"/delivery/{delivery.public_id}/").content.decode()
    assert applicant.post(f"/delivery/{delivery.public_id}/send").status_code == 403


def _registers_another(applicant: Client) -> None:
    told: dict[str, Any] = {"title": "甲", "slug": "other", "schema": "public"}
    told |= {"url": "postgresql://127.0.0.1:1/none"}
    gone = applicant.post("/delivery/targets/new", told)
    assert gone.status_code == 422
    assert "连不上" in gone.content.decode()
    told["url"] = "postgresql://a:secret@127.0.0.1/none"
    assert "不要写口令" in applicant.post("/delivery/targets/new", told).content.decode()
    assert Target.objects.count() == 1
