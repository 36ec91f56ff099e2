"""People who go on applying, whatever happens: one whose page does not come presses again."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

import httpx
import psycopg
import yaml

from diebian.cloud.runtime.public import EmbeddedPostgres
from diebian.scenes.services.walk.applicant import Applicant
from diebian.scenes.services.walk.browser import Browser
from diebian.scenes.services.walk.steps import GUIDE

from .installation import ROOT, Installation

CITY = ROOT / "cities" / "tieling"
PATIENCE_SECONDS = 90
MANY = 2  # of them two cores are busy, and parts restart in between
JOURNEY = yaml.safe_load((CITY / "journey.yaml").read_text())
ASKS = len(JOURNEY["items"][0]["asks"])
Told = TypeVar("Told")


@contextmanager
def applying(platform: Installation) -> Iterator[list[str]]:
    """Some sample people, at once, until the block is left; then the list holds every case."""
    people = yaml.safe_load((CITY / "people.yaml").read_text())
    crowd = people["persons"][:MANY]
    enough, cases = Event(), list[str]()
    with ThreadPoolExecutor(len(crowd)) as pool:
        told = [
            pool.submit(_applies, platform, one["username"], people["password"], enough)
            for one in crowd
        ]
        try:
            yield cases
        finally:
            enough.set()
        cases += [case for one in told for case in one.result()]


def rows(platform: Installation, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(EmbeddedPostgres(platform.data / "postgres").url) as connection:
        return connection.execute(query).fetchall()


def _applies(platform: Installation, username: str, password: str, enough: Event) -> list[str]:
    walk = JOURNEY["walk"]
    cases = list[str]()
    with Browser(platform.address) as browser:
        _again(lambda: browser.sign_in(username, password))
        found = GUIDE.search(_again(lambda: browser.get(f"/search/?q={walk['search']}")))
        assert found is not None
        person = Applicant(browser, found[1], walk["form"])
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
