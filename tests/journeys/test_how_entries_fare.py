"""Which resources nobody calls is a page; what is not known is said to be unknown."""

from datetime import timedelta

import pytest

from diebian.base.catalogue.health import Aspect, health_of, idle_resources
from diebian.base.catalogue.models import Entry, Resource
from diebian.base.catalogue.tests.factories import a_manager, a_published_entry
from diebian.base.exchange.metering.models import Call
from diebian.kernel import clock
from tests.browsing import browser

pytestmark = pytest.mark.django_db


def test_a_resource_without_calls_for_thirty_days_is_idle() -> None:
    for slug, days in (("called", 29), ("forgotten", 31)):
        _mounted(slug)
        _call(slug, days)
    _mounted("never")
    found = idle_resources("1")
    assert [one.resource.slug for one in found.page.object_list] == ["forgotten", "never"]
    assert (found.mounted, found.unmounted, found.is_known) == (3, 0, True)


def test_an_entry_tells_what_is_known_and_what_is_not() -> None:
    bare = _health(a_published_entry("没有挂载的"))
    assert (bare[Aspect.MOUNTED], bare[Aspect.CALLED]) == (False, None)
    entry = _mounted("sample")
    assert _health(entry) == {
        Aspect.MOUNTED: True,
        Aspect.FRESH: None,
        Aspect.CALLED: False,
        Aspect.CORRECT: True,
    }
    _call("sample", 0)
    Resource.objects.update(probed_at=clock.now() - timedelta(days=31))
    assert _health(entry)[Aspect.CALLED] is True
    assert _health(entry)[Aspect.CORRECT] is None


def test_the_pages_show_both_lists() -> None:
    client = browser(a_manager())
    assert "每个资源都有人用" in client.get("/catalogue/idle").content.decode()
    a_published_entry("没有挂载的")
    entry = _mounted("never")
    idle = client.get("/catalogue/idle").content.decode()
    assert "近 30 天没有人调用" in idle
    assert "另有 1 条已发布的目录没人挂载" in idle
    listed = client.get("/catalogue/?mounted=false&state=published").content.decode()
    assert ">没有挂载的</a>" in listed
    assert f">{entry.title}</a>" not in listed
    page = client.get(f"/catalogue/{entry.public_id}/").content.decode()
    assert "没有归集记录，不知道是不是做到了" in page


def _mounted(slug: str) -> Entry:
    entry = a_published_entry(f"样例 {slug}")
    now = clock.now()
    Resource.objects.create(
        entry=entry, slug=slug, title=slug, contract={"fields": {}}, mounted_at=now, probed_at=now
    )
    return entry


def _call(slug: str, days: int) -> None:
    at = clock.now() - timedelta(days=days)
    Call.objects.create(
        instance=slug, inode=1, offset=0, at=at, request_id=slug, route=slug, status=200
    )


def _health(entry: Entry) -> dict[Aspect, bool | None]:
    return {line.aspect: line.reading.is_good for line in health_of(entry)}
