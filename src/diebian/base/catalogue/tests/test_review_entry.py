"""复核: reminded for a month, done with one click, and no provider's silence harms a user."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from diebian.base.catalogue.actions import review_entry, withdraw_entry
from diebian.base.catalogue.jobs import remind_of_days, withdraw_overdue_entries
from diebian.base.catalogue.many import review_many
from diebian.base.catalogue.models import Entry, State
from diebian.base.catalogue.refusals import NotPublished
from diebian.base.catalogue.reminding import remind
from diebian.base.catalogue.reviews import OVERDUE
from diebian.kernel import clock
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Actor, Refused
from tests.browsing import browser
from tests.days import a_calendar
from tests.laid import laid_once

from .factories import (
    THEIRS,
    a_head,
    a_manager,
    a_published_entry,
    a_resource,
    a_submitted_entry,
    a_user,
    accounts,
    notices_of,
    the_authority,
    used_by,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 30, 4, tzinfo=UTC)
DUE = NOON.date()


laid = laid_once(a_calendar)


@pytest.mark.parametrize("who", [a_manager, a_head])
def test_a_review_says_it_is_still_right_for_another_year(who: type) -> None:
    entry = a_published_entry(review_due=DUE)
    with clock.held_at(NOON):
        review_entry(entry_id=entry.public_id, by=who())
        withdraw_overdue_entries(timestamp=0)
    found = Entry.objects.get()
    assert (found.state, found.review_due) == (State.PUBLISHED, date(2027, 11, 30))
    assert actions_on(entry.audit_subject)[-1] == "catalogue.entry.reviewed"


def test_only_its_own_department_reviews_and_only_what_is_published() -> None:
    entry = a_published_entry()
    for nobody in (a_manager(THEIRS), a_head(THEIRS), the_authority()):
        with pytest.raises(Refused):
            review_entry(entry_id=entry.public_id, by=nobody)
    with pytest.raises(NotPublished):
        review_entry(entry_id=a_submitted_entry("乙").public_id, by=a_manager())


def test_the_ladder_begins_a_month_before_and_ends_at_the_authority() -> None:
    """One notice to each person, however many entries are due on that day."""
    people = (a_manager(), a_head(), the_authority())
    for title in ("甲", "乙", "丙"):
        a_published_entry(title, review_due=DUE)
    accounts(*people)
    told = []
    for days in (31, 30, 20, 4, 1, 0, -1):
        with clock.held_at(NOON - timedelta(days=days)):
            remind_of_days(timestamp=0)
            remind_of_days(timestamp=0)  # a second time on one day tells nobody
        told.append([len(notices_of(one)) for one in people])
    assert told == [[0, 0, 0], [1, 0, 0], [1, 0, 0], [2, 1, 0], [2, 1, 0], [3, 2, 1], [4, 3, 2]]
    assert "有 3 条目录要复核，不久到期" in notices_of(people[0])[0]
    assert "今天是最后一天" in notices_of(people[2])[0]


def test_after_a_review_the_ladder_begins_anew() -> None:
    entry = a_published_entry(review_due=DUE)
    accounts(a_manager())
    with clock.held_at(NOON - timedelta(days=20)):
        assert remind(by=PLATFORM) == 1
        review_entry(entry_id=entry.public_id, by=a_manager())
        assert remind(by=PLATFORM) == 0
    with clock.held_at(NOON + timedelta(days=340)):
        assert remind(by=PLATFORM) == 1


def test_nobody_but_the_platform_reminds() -> None:
    with pytest.raises(Refused):
        remind(by=the_authority())


def test_what_others_use_is_not_withdrawn_by_the_calendar() -> None:
    """国务院令第809号 第二十七条: not without talking to them."""
    used = a_published_entry("用着的", review_due=DUE)
    a_published_entry("没人用的", review_due=DUE)
    a_resource(used)
    accounts(the_authority())
    with a_user(used_by()), clock.held_at(NOON + timedelta(days=1)):
        withdraw_overdue_entries(timestamp=0)
        remind(by=PLATFORM)
    states = dict(Entry.objects.values_list("title", "state"))
    assert states == {"用着的": State.PUBLISHED, "没人用的": State.WITHDRAWN}
    assert "有 1 条目录要复核，已经超期" in notices_of(the_authority())[-1]


def test_a_night_that_withdraws_many_tells_each_person_once() -> None:
    accounts(a_manager())
    for title in ("甲", "乙", "丙", "丁"):
        a_published_entry(title, review_due=DUE)
    before = len(notices_of(a_manager()))
    with clock.held_at(NOON + timedelta(days=1)):
        withdraw_overdue_entries(timestamp=0)
    [told] = notices_of(a_manager())[before:]
    assert told.startswith("目录：4 条")
    assert OVERDUE in told
    assert "重新起草" in told


def test_whoever_uses_it_learns_of_a_withdrawal_and_of_its_reason() -> None:
    entry = a_published_entry()
    a_resource(entry)
    with a_user(used_by(key="theirs")):
        withdraw_entry(entry_id=entry.public_id, reason="职责已调整", by=a_head())
    [told] = notices_of(Actor(name="", key="theirs"))
    assert "已有的授权照旧" in told
    assert "职责已调整" in told


def test_the_page_lists_what_is_due_and_reviews_all_of_it_at_once() -> None:
    for number in range(60):
        a_published_entry(f"样例{number:02d}", review_due=DUE)
    a_published_entry("以后的", review_due=DUE + timedelta(days=90))
    with clock.held_at(NOON):
        mine = browser(a_manager())
        assert "复核目录" in mine.get("/catalogue/").content.decode()
        page = mine.get("/catalogue/many/review").content.decode()
        assert ("共 60 条" in page, "以后的" in page, "还没有挂载" in page) == (True, False, True)
        assert mine.post("/catalogue/many/review", {}).status_code == 422
        confirm = mine.post("/catalogue/many/review", {"all": "on"}).content.decode()
        assert "复核这 60 条" in confirm
        assert Entry.objects.filter(review_due=DUE).count() == 60  # nothing was done yet
        ids = list(Entry.objects.filter(review_due=DUE).values_list("public_id", flat=True))
        sent = {"sure": "on", "entry": ids}
        done = mine.post("/catalogue/many/review", sent, follow=True).content.decode()
    assert "已复核 60 条" in done
    assert "没有要办的" in done
    assert not Entry.objects.filter(review_due=DUE).exists()


def test_one_that_cannot_be_reviewed_stops_none_of_the_others() -> None:
    good, gone = a_published_entry("甲"), a_published_entry("乙")
    withdraw_entry(entry_id=gone.public_id, reason="样例", by=a_head())
    outcome = review_many(entry_ids=[gone.public_id, good.public_id], by=a_manager())
    assert outcome.done == 1
    assert [title for title, _ in outcome.left] == ["乙"]


def test_a_page_of_many_asks_once_for_all_of_them() -> None:
    """Users, changes, how they fare: no row has a question of its own."""
    asked = []
    for number in range(2):
        for title in (f"甲{number}", f"乙{number}", f"丙{number}"):
            entry = a_published_entry(title, review_due=DUE)
            a_resource(entry, slug=f"sites-{Entry.objects.count()}")
        with a_user(used_by()), clock.held_at(NOON):
            page = _queries(browser(a_manager()))
        asked.append(len(page))
    assert asked[0] == asked[1]


def _queries(mine: Client) -> list[dict[str, str]]:
    with CaptureQueriesContext(connection) as captured:
        assert THEIRS in mine.get("/catalogue/many/review").content.decode()
    return captured.captured_queries
