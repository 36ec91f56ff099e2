"""`./diebian bench limits`: cards and reminders over 62,000 open cases of many histories.

Beside the page in the same run: the server's emptiest answer and the bare count of the cards.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from django.db import connection

from diebian.cloud.runtime.public import Installation
from diebian.kernel import clock
from diebian.scenes.services.items.models import ItemVersion
from diebian.scenes.services.items.models import State as VersionState
from diebian.scenes.services.limits.deriving import check_outlooks, derive_outlooks
from diebian.scenes.services.limits.reminding import remind
from diebian.scenes.services.models import OPEN, Case, CaseEvent, KeptOutlook, State
from diebian.scenes.services.walk.browser import Browser
from diebian.security.identity.public import PLATFORM
from diebian.standards.deadlines import Kind
from diebian.standards.profile import load

OPEN_CASES, FEW = 62_000, 6_000
DAYS = 45  # from the oldest receipt until now
AT_ONCE = 5_000
PAGE, LOOKS = "/desk/limits/", 40
PAGE_TARGET_MS, ROUND_TARGET_S = 150, 1.0
Told = TypeVar("Told")
COUNT = "select count(*) from services_keptoutlook where red_from <= current_date"


def run(quick: bool) -> Mapping[str, object]:
    home = Installation(Path(os.environ["DIEBIAN_DATA"]))
    people = load(Path(os.environ["DIEBIAN_CITY"])).people
    watcher = next(one for one in people["officials"] if "data_authority" in one["posts"])
    _fill(FEW if quick else OPEN_CASES)
    _, derived = _timed(lambda: derive_outlooks(by=PLATFORM))
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # as the server does by itself, a minute later
    told, first = _timed(lambda: remind(by=PLATFORM))
    again, quiet = _timed(lambda: remind(by=PLATFORM))
    wrong, night = _timed(lambda: check_outlooks(by=PLATFORM))
    ports = {part["name"]: part["port"] for part in home.told()["processes"]}
    with Browser(f"http://127.0.0.1:{ports['web']}") as browser:
        browser.sign_in(watcher["username"], people["password"])
        page = _p95(lambda: browser.get(PAGE))
        limit = _p95(lambda: browser.get("/healthz")) + _p95(_counted)
    today = clock.today()
    return {
        "name": "limits",
        "unit": "ms, 95th percentile, the page of cards of all departments",
        "ours": page,
        "limit": round(limit, 1),
        "ratio": round(limit / page, 3),
        "target": PAGE_TARGET_MS,
        "is_reached": page < PAGE_TARGET_MS and quiet < ROUND_TARGET_S and not wrong,
        "quiet_round_seconds": round(quiet, 2),
        "quiet_round_target": ROUND_TARGET_S,
        "first_round_seconds": round(first, 2),
        "reminded": told,
        "derived_seconds": round(derived, 2),
        "checked_seconds": round(night, 2),
        "open_cases": Case.objects.filter(state__in=OPEN).count(),
        "red": KeptOutlook.objects.filter(red_from__lte=today).count(),
        "yellow_or_red": KeptOutlook.objects.filter(yellow_from__lte=today).count(),
        "lost": len(wrong),
        "doubled": again,
    }


def _fill(count: int) -> None:
    """Cases under review of many items, received on many days; of some a supplement was asked."""
    versions = list(ItemVersion.objects.filter(state=VersionState.IN_FORCE).order_by("pk")[:40])
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        cases = Case.objects.bulk_create(
            _case(one, versions[one % len(versions)]) for one in numbers
        )
        CaseEvent.objects.bulk_create(event for case in cases for event in _events(case))


def _case(number: int, version: ItemVersion) -> Case:
    since = clock.now() - timedelta(days=number * 7 % DAYS)
    return Case(
        case_no=f"limits{number:08d}",
        item_id=version.item_id,
        department_id=version.item.department_id,
        version=version,
        applicant_key=f"bench-{number}",
        applicant_name="样例",
        state=State.UNDER_REVIEW,
        opened_by=f"bench-{number}",
        opened_at=since,
        received_at=since,
    )


def _events(case: Case) -> Iterator[CaseEvent]:
    since = case.opened_at
    moments = [(Kind.RECEIVED, since), (Kind.ACCEPTED, since)]
    if case.pk % 5 == 0:
        asked, done = since + timedelta(days=2), since + timedelta(days=2 + case.pk % 4)
        moments += [(Kind.SUPPLEMENT_ASKED, asked), (Kind.SUPPLEMENT_DONE, done)]
    for kind, at in moments:
        if at <= clock.now():
            yield CaseEvent(case=case, kind=kind, at=at, actor="样例")


def _counted() -> None:
    with connection.cursor() as cursor:
        cursor.execute(COUNT)


def _timed(work: Callable[[], Told]) -> tuple[Told, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def _p95(click: Callable[[], object]) -> float:
    took = sorted(_timed(click)[1] * 1000 for _ in range(LOOKS))
    return round(took[int(len(took) * 0.95) - 1], 1)
