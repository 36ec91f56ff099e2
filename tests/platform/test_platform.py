"""The whole platform, as a person starts it: the journey, and what survives kill -9."""

import time
from collections.abc import Iterator

import pytest

from .crowd import ASKS, applying, rows
from .installation import Installation, open_folder, run, running, wait_for

VICTIMS = ("worker", "sandbox-estate", "broker", "web", "envoy", "relay", "postgres", "meter")
UNSETTLED = "select count(*) from services_case where state = 'received'"
# A case: received and accepted once, in its own history and in the trail; each department once.
ONCE = """
select c.case_no, count(*) filter (where e.kind = 'received'),
  count(*) filter (where e.kind = 'accepted'),
  (select count(*) from audit_auditentry a
   where a.subject = 'case:' || c.case_no and a.action = 'services.case.received'),
  (select count(*) from audit_auditentry a
   where a.subject = 'case:' || c.case_no and a.action = 'services.case.accepted'),
  (select count(*) from tracker_read r
   where r.case_no = c.case_no and r.reader_system <> 'page')
from services_case c join services_caseevent e on e.case_id = c.id
where c.received_at is not null group by c.id
"""
NOTICES = """
select count(*) from messages_notice n where n.body like '%已收到您的申请%'
"""


@pytest.fixture(scope="module")
def platform() -> Iterator[Installation]:
    with open_folder() as folder, running(folder / "data") as installation:
        yield installation


def test_the_journey_is_walked(platform: Installation) -> None:
    steps = platform.demo()["steps"]
    assert [step["name"] for step in steps if not step["ok"]] == []
    assert len(steps) > 10


def test_a_second_start_in_the_same_folder_is_refused(platform: Installation) -> None:
    answer = run("up", "--data", str(platform.data))
    assert answer.returncode == 1
    assert "runtime.in_use" in answer.stdout


def test_no_case_and_no_entry_is_lost_or_doubled_when_parts_are_killed(
    platform: Installation,
) -> None:
    before = {row[0] for row in rows(platform, ONCE)}
    with applying(platform) as cases:
        for name in VICTIMS:
            time.sleep(1)  # let them work
            platform.wait_until_back(name, after=platform.kill(name))
    assert len(cases) > len(VICTIMS)
    wait_for(lambda: rows(platform, UNSETTLED) == [(0,)], "every case is accepted", 120)
    told = rows(platform, ONCE)
    assert {row[0] for row in told} == before | set(cases)
    assert [row for row in told if row[1:] != (1, 1, 1, 1, ASKS)] == []
    wait_for(lambda: rows(platform, NOTICES) == [(len(told),)], "everybody is told, once", 60)


def test_the_journey_goes_on_afterwards(platform: Installation) -> None:
    assert all(step["ok"] for step in platform.demo()["steps"])
