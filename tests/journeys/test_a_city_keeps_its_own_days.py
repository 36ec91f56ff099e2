"""The city's folder promises days: the request's page, the notices and the ladder count by them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from diebian.base.directory.public import load_city
from diebian.base.exchange.requests.actions import approve_request, remind
from diebian.base.exchange.tests.people import CONSUMER, PROVIDER, a_resource, ask, department, who
from diebian.base.messages.public import unread
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Post, register_official
from diebian.standards.profile import load
from tests.browsing import browser
from tests.city.packs import SMALL

WEDNESDAY = datetime(2026, 11, 11, 2, tzinfo=UTC)  # the small city promises a day, then five
OWN_HEAD, HEAD = (Post.DATA_HEAD, CONSUMER), (Post.DATA_HEAD, PROVIDER)


@pytest.mark.django_db
def test_a_city_keeps_its_own_days() -> None:
    with clock.held_at(WEDNESDAY - timedelta(days=1)):
        load_city(profile=load(SMALL), by=PLATFORM)
        a_resource()
    register_official(
        username="own-head",
        password="样例-2026-长",
        name="样例",
        department=department(CONSUMER),
        posts=[Post.DATA_HEAD],
        by=PLATFORM,
    )
    with clock.held_at(WEDNESDAY):
        made = ask()
        address = f"/exchange/requests/{made.pk}/"
        page = browser(who(*OWN_HEAD)).get(address).content.decode()
        assert "最晚 11 月 12 日（周四）审核" in page
        assert "本市承诺的期限（国务院令第809号 第二十条没有给这一步规定天数）" in page
        assert (
            "最晚 11 月 18 日（周三）"
            in browser(who(Post.APPLICANT, CONSUMER))
            .get("/exchange/resources/sample-housing/")
            .content.decode()
        )
    told = []
    for days in (0, 1, 2):
        with clock.held_at(WEDNESDAY + timedelta(days=days)):
            remind(by=PLATFORM)
            told.append(unread("own-head").count())
    assert [later - sooner for sooner, later in pairwise(told)] == [1, 1]
    with clock.held_at(WEDNESDAY + timedelta(days=2)):
        approve_request(request_id=made.pk, by=who(*OWN_HEAD))
        page = browser(who(*HEAD)).get(address).content.decode()
    assert "最晚 11 月 20 日（周五）答复" in page
    assert "国务院令第809号 第二十至二十二条：最多 10 个工作日" in page
