from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from diebian.kernel.waiting import DEPARTMENT, KEY, waiting

pytestmark = pytest.mark.django_db
SOMETIME = datetime(2026, 1, 1, tzinfo=UTC)


def actor(key: str, *posts: str) -> SimpleNamespace:
    return SimpleNamespace(key=key, department="office", posts=posts)


def own(_: Sequence[str]) -> list[QuerySet[Session]]:
    return [Session.objects.filter(session_key=KEY)]


def of_the_office(posts: Sequence[str]) -> list[QuerySet[Session]]:
    mine = Q(session_data=DEPARTMENT) if "head" in posts else Q(pk__in=[])
    return [Session.objects.filter(mine), *own(posts)]


@pytest.fixture(autouse=True)
def _two() -> None:
    for key, office in {"one": "office", "two": "elsewhere"}.items():
        Session.objects.create(session_key=key, session_data=office, expire_date=SOMETIME)


def test_each_is_told_what_waits_for_them_whoever_asked_before() -> None:
    places = (own, of_the_office)
    assert waiting(places, actor("one", "head")) == (1, 2)
    assert waiting(places, actor("two", "head")) == (1, 2)
    assert waiting(places, actor("three", "head")) == (0, 1)
    assert waiting(places, actor("three", "clerk")) == (0, 0)


def test_what_has_come_meanwhile_is_counted() -> None:
    assert waiting([own], actor("new")) == (0,)
    Session.objects.create(session_key="new", session_data="", expire_date=SOMETIME)
    assert waiting([own], actor("new")) == (1,)


def test_however_many_places_are_one_question() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert waiting([], actor("one")) == ()
        assert waiting([own] * 5, actor("one")) == (1,) * 5
    assert len(asked) == 1
