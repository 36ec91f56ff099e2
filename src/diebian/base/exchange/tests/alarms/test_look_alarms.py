"""Who tries numbers out, or copies a register: told of, and suspended only where declared."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from diebian.base.catalogue.public import mount_resource, resource
from diebian.base.exchange.alarms import actions
from diebian.base.exchange.alarms.models import LookAlarm
from diebian.base.exchange.alarms.refusals import AlarmOver
from diebian.base.exchange.grants.models import Grant, Standing
from diebian.base.exchange.interfaces.look_limits import USUAL_NOBODY
from diebian.base.exchange.requests.actions import resume
from diebian.base.exchange.requests.refusals import ReasonMissing
from diebian.base.exchange.tests.books import notices, write_read
from diebian.base.exchange.tests.people import (
    BUREAU,
    CONSUMER,
    CONTRACT,
    OTHER,
    PROVIDER,
    SLUG,
    SYSTEM,
    a_grant,
    a_resource,
    department,
    who,
)
from diebian.kernel import clock
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import (
    PLATFORM,
    Post,
    Refused,
    actor_by_username,
    register_official,
)
from tests.browsing import browser

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)
_numbers = count()


@pytest.fixture(autouse=True)
def _at_noon(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DIEBIAN_DATA = tmp_path
    with clock.held_at(NOON):
        a_resource()
        a_grant()
        yield


def test_a_clerk_who_mistypes_now_and_then_raises_nothing() -> None:
    looks(USUAL_NOBODY - 1, "none")
    looks(200, "found")
    assert actions.watch_looks(by=PLATFORM) == []


def test_many_answers_that_found_nobody_tell_the_manager_and_suspend_nothing() -> None:
    manager = _an_official("manager", Post.DATA_MANAGER)
    looks(USUAL_NOBODY, "none")
    [alarm] = actions.watch_looks(by=PLATFORM)
    assert (alarm.system, alarm.resource, alarm.nobody) == (SYSTEM, SLUG, USUAL_NOBODY)
    assert actions.watch_looks(by=PLATFORM) == []  # it goes on, and nobody is told twice
    assert "查无此人到 30 次" in notices(manager)[-1]
    assert Grant.objects.get().standing == Standing.ACTIVE
    page = browser(who(Post.DATA_MANAGER, PROVIDER)).get("/exchange/console/").content.decode()
    assert f"{CONSUMER}查“样例房屋查询”" in page
    assert f"?days=7&amp;resource={SLUG}&amp;system={SYSTEM}" in page


def test_very_many_persons_are_told_of_where_it_is_declared() -> None:
    looks(50, "found")
    assert actions.watch_looks(by=PLATFORM) == []
    declared(persons=50)
    [alarm] = actions.watch_looks(by=PLATFORM)
    assert (alarm.persons, alarm.says) == (50, "10 分钟里查到 50 个不同的人")


def test_one_person_asked_for_very_often_is_one_person() -> None:
    declared(persons=2)
    looks(20, "found", subject="always-the-same")
    assert actions.watch_looks(by=PLATFORM) == []


def test_the_grant_is_suspended_only_from_the_declared_number_on() -> None:
    declared(nobody=5, suspend=8)
    looks(5, "none")
    actions.watch_looks(by=PLATFORM)
    assert Grant.objects.get().standing == Standing.ACTIVE
    looks(3, "none")
    actions.watch_looks(by=PLATFORM)
    grant = Grant.objects.get()
    assert (grant.standing, "提供部门声明的限度" in grant.reason) == (Standing.SUSPENDED, True)
    assert actions_on(grant.audit_subject)[-1] == "exchange.grant.suspended"
    assert "授权已暂停" in notices()[-1]
    resume(grant_id=grant.pk, by=who(Post.DATA_HEAD, PROVIDER))
    looks(1, "none")
    actions.watch_looks(by=PLATFORM)  # the same alarm does not suspend it again
    assert Grant.objects.get().standing == Standing.ACTIVE


def test_what_was_long_ago_or_on_a_page_does_not_count() -> None:
    looks(USUAL_NOBODY, "none", at=NOON - timedelta(minutes=11))
    looks(USUAL_NOBODY, "none", route="")
    assert actions.watch_looks(by=PLATFORM) == []


def test_what_was_looked_into_begins_anew() -> None:
    looks(USUAL_NOBODY, "none")
    [alarm] = actions.watch_looks(by=PLATFORM)
    manager = browser(who(Post.DATA_MANAGER, PROVIDER))
    answer = manager.post(f"/exchange/alarms/{alarm.pk}/", {"finding": "样例：导入旧名单"})
    assert answer.status_code == 302
    assert "样例：导入旧名单" in manager.get("/exchange/console/").content.decode()
    with clock.held_at(NOON + timedelta(minutes=1)):
        assert actions.watch_looks(by=PLATFORM) == []  # the same reads are not told again
        looks(USUAL_NOBODY, "none", at=NOON + timedelta(seconds=30))
        [again] = actions.watch_looks(by=PLATFORM)
    assert (again.pk != alarm.pk, again.nobody) == (True, USUAL_NOBODY)
    with pytest.raises(AlarmOver):
        actions.look_into(alarm_id=alarm.pk, finding="样例", by=who(Post.AUTHORITY, BUREAU))


def test_a_long_list_cuts_off_nothing_that_somebody_may_have_to_act_on() -> None:
    told = {"resource": SLUG, "last_at": NOON, "raised_at": NOON, "nobody": 30, "persons": 0}
    over = {**told, "looked_at": NOON, "finding": "样例"}
    some = range(25)
    LookAlarm.objects.bulk_create(
        [
            *(LookAlarm(system=f"open-{n}", says=f"还开着{n}号", **told) for n in some),
            *(LookAlarm(system="a", says=f"停过{n}号", has_suspended=True, **over) for n in some),
            *(LookAlarm(system="b", says=f"别的{n}号", **over) for n in some),
        ]
    )
    page = browser(who(Post.DATA_MANAGER, PROVIDER)).get("/exchange/console/").content.decode()
    assert [page.count(words) for words in ("还开着", "停过", "别的")] == [25, 25, 20]


def test_only_who_keeps_the_data_and_the_authority_see_it_and_look_into_it() -> None:
    looks(USUAL_NOBODY, "none")
    [alarm] = actions.watch_looks(by=PLATFORM)
    for post, of in ((Post.DATA_MANAGER, CONSUMER), (Post.APPLICANT, PROVIDER),
                     (Post.DATA_HEAD, OTHER)):  # fmt: skip
        page = browser(who(post, of)).get("/exchange/console/").content.decode()
        assert "异常查询" not in page
        with pytest.raises(Refused):
            actions.look_into(alarm_id=alarm.pk, finding="样例", by=who(post, of))
    with pytest.raises(Refused):
        actions.watch_looks(by=who(Post.AUTHORITY, BUREAU))
    with pytest.raises(ReasonMissing):
        actions.look_into(alarm_id=alarm.pk, finding=" ", by=who(Post.AUTHORITY, BUREAU))
    assert LookAlarm.objects.get().looked_at is None


def looks(
    times: int, outcome: str, *, subject: str = "", route: str = SLUG, at: datetime = NOON
) -> None:
    for number in (next(_numbers) for _ in range(times)):
        write_read(
            request_id=f"look-{number}",
            route=route,
            at=at,
            subject=subject or f"person-{number}",
            outcome=outcome,
        )


def declared(**watch: int) -> None:
    """The manager mounts the same again, and says what is usual."""
    mount_resource(
        entry_id=resource(SLUG).entry_id, slug=SLUG, title="样例房屋查询",
        contract={**CONTRACT, "watch": watch}, probe=lambda told: set(told["fields"]),
        by=who(Post.DATA_MANAGER, PROVIDER),
    )  # fmt: skip


def _an_official(username: str, post: Post) -> str:
    register_official(
        username=username, password="样例-2026-长", name="样例", posts=[post], is_sample=True,
        department=department(PROVIDER), by=PLATFORM,
    )  # fmt: skip
    return actor_by_username(username).key
