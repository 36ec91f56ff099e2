"""People go on applying while one part after the other is killed -9: no case, no entry of the trail
is lost or doubled. A person presses the button again when a page did not come; so do these."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import TypeVar

import httpx
import psycopg
import yaml

from diebian.cloud.runtime.public import EmbeddedPostgres
from diebian.scenes.services.walk.applicant import Applicant
from diebian.scenes.services.walk.browser import Browser
from diebian.scenes.services.walk.steps import GUIDE

from .installation import ROOT, Installation, running, wait_for

CITY = ROOT / "cities" / "tieling"
VICTIMS = ("worker", "broker", "web", "envoy", "postgres", "meter")
PATIENCE_SECONDS = 90
Told = TypeVar("Told")
SETTLED = """
select count(*) from services_case where received_at is not null and state = 'received'
"""
ONCE = """
select c.case_no, count(*) filter (where e.kind = 'received'),
  count(*) filter (where e.kind = 'accepted'),
  (select count(*) from audit_auditentry a
   where a.subject = 'case:' || c.case_no and a.action = 'services.case.received'),
  (select count(*) from audit_auditentry a
   where a.subject = 'case:' || c.case_no and a.action = 'services.case.accepted'),
  (select count(*) from tracker_read r where r.case_no = c.case_no)
from services_case c join services_caseevent e on e.case_id = c.id
where c.received_at is not null group by c.id
"""


def test_no_case_and_no_entry_is_lost_or_doubled(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o011)  # PostgreSQL runs as another account
    with running(tmp_path / "d") as platform:
        enough = Event()
        people = yaml.safe_load((CITY / "people.yaml").read_text())
        with ThreadPoolExecutor(len(people["persons"])) as pool:
            words = [(platform, one["username"], people["password"]) for one in people["persons"]]
            told = [pool.submit(_applies, *word, enough) for word in words]
            try:
                for name in VICTIMS:
                    time.sleep(1)
                    platform.wait_until_back(name, after=platform.kill(name))
            finally:
                enough.set()
            cases = [case for one in told for case in one.result()]
        assert len(cases) > len(VICTIMS)
        wait_for(lambda: _rows(platform, SETTLED) == [(0,)], "every case is accepted", 120)
        rows = _rows(platform, ONCE)
    assert {row[0] for row in rows} == set(cases)
    asks = len(yaml.safe_load((CITY / "journey.yaml").read_text())["items"][0]["asks"])
    assert [row for row in rows if row[1:] != (1, 1, 1, 1, asks)] == []


def _applies(platform: Installation, username: str, password: str, enough: Event) -> list[str]:
    walk = yaml.safe_load((CITY / "journey.yaml").read_text())["walk"]
    browser = _again(lambda: Browser(platform.address, username, password))
    found = GUIDE.search(_again(lambda: browser.get(f"/search/?q={walk['search']}")))
    assert found is not None
    person, cases = Applicant(browser, found[1], walk["form"]), []
    while not enough.is_set():
        case_no, _ = _again(person.open)
        _again(lambda: person.fill(case_no))  # noqa: B023  called at once
        _again(lambda: person.submit(case_no))  # noqa: B023
        cases.append(case_no)
    return cases


def _again(step: Callable[[], Told]) -> Told:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return step()
        except httpx.HTTPError as error:
            if time.monotonic() > end:
                raise AssertionError(repr(error)) from error
            time.sleep(0.2)


def _rows(platform: Installation, query: str) -> list[tuple[object, ...]]:
    server = EmbeddedPostgres(platform.data / "postgres")
    with psycopg.connect(server.url) as connection:
        return connection.execute(query).fetchall()
