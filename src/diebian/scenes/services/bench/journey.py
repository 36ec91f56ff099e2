"""`./diebian bench journey`: a person's clicks at a platform that is busy with open cases.

The limit is measured in the same run, with the same users at once: the server's emptiest answer,
and for submitting, in addition, one commit of the same kind of rows by bare SQL.
"""

import os
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

from django.db import connection

from diebian.base.directory.public import working_calendar
from diebian.cloud.runtime.public import Installation
from diebian.kernel import clock
from diebian.scenes.services.items.models import State as VersionState
from diebian.scenes.services.models import OPEN, Case, CaseEvent, ServiceItem, State
from diebian.scenes.services.outlooks import foresee, keep_rows
from diebian.scenes.services.selectors import rule_of
from diebian.scenes.services.walk.applicant import Applicant
from diebian.scenes.services.walk.browser import Browser
from diebian.scenes.services.walk.script import Script, script_of
from diebian.scenes.services.walk.steps import GUIDE
from diebian.security.identity.public import (
    PLATFORM,
    actor_by_username,
    is_account,
    register_person,
)
from diebian.standards.deadlines import Event, Kind
from diebian.standards.identifiers import check_digit
from diebian.standards.profile import load

USERS = 4
OPEN_CASES = 200
WORD = secrets.token_hex(12)
SUBMIT_TARGET_MS, PAGE_TARGET_MS = 300, 150
FLOOR = "create table floor_rows (at timestamptz, told text)"
ROW = "insert into floor_rows select now(), repeat('x', 200) from generate_series(1, 4)"
PAGES = ("/", "/search/?q={search}", "{guide}", "/me/cases/", "/me/reads/", "/cases/{case}/")


def run(quick: bool) -> Mapping[str, object]:
    home = Installation(Path(os.environ["DIEBIAN_DATA"]))
    script = script_of(load(Path(os.environ["DIEBIAN_CITY"])))
    ports = {part["name"]: part["port"] for part in home.told()["processes"]}
    with ExitStack() as stack:
        crowd = _crowd(stack, f"http://127.0.0.1:{ports['web']}", script)
        return _measured(crowd, script, count=60 if quick else 400)


def _measured(crowd: Sequence[Applicant], script: Script, *, count: int) -> Mapping[str, object]:
    _fill_the_desks(crowd[0].guide)
    submits = _at_once(crowd, _submit, count)
    pages = _at_once(crowd, _pages(script, crowd, submits), count)
    empty = _at_once(crowd, _empty, count)
    commits = _commits(count)
    cases = [case for case, _ in submits]
    limit = _p95(empty) + _p95_of(commits)
    ours = _p95(submits)
    return {
        "name": "journey",
        "unit": "ms, 95th percentile, submit to accepted",
        "ours": ours,
        "limit": round(limit, 1),
        "ratio": round(limit / ours, 3),
        "peer": SUBMIT_TARGET_MS,
        "peer_ratio": round(SUBMIT_TARGET_MS / ours, 2),
        "peer_is": "the target of the issue in ms; no other platform runs in this bench",
        "pages_p95": _p95(pages),
        "pages_limit": _p95(empty),
        "pages_target": PAGE_TARGET_MS,
        "users_at_once": USERS,
        "open_cases": Case.objects.filter(state__in=OPEN).count(),
        "submitted": len(cases),
        **_books(cases),
    }


def _crowd(stack: ExitStack, address: str, script: Script) -> list[Applicant]:
    """Users of their own: one person has one draft of an item at a time."""
    browsers = [stack.enter_context(Browser(address)) for _ in range(USERS)]
    for place, browser in enumerate(browsers):
        browser.sign_in(_registered(place), WORD)
    found = GUIDE.search(browsers[0].get(f"/search/?q={script.search}"))
    assert found is not None  # noqa: S101  the walk tells such things in words
    return [Applicant(browser, found[1], script.form) for browser in browsers]


def _registered(place: int) -> str:
    """A sample person of no place on earth (area 990000)."""
    username, body = f"bench-{place}", f"9900001990010100{place}"
    if not is_account(username):
        register_person(
            username=username,
            password=WORD,
            name=f"样例{place}",
            id_number=body + check_digit(body),
            phone="13800000000",
            is_sample=True,
            by=PLATFORM,
        )
    return username


def _fill_the_desks(guide: str) -> None:
    """Open cases that nobody measures: rows, as 200 people would have left them."""
    item = ServiceItem.objects.get(code=guide.strip("/").split("/")[-1])
    version = item.versions.get(state=VersionState.IN_FORCE)
    applicant, now = actor_by_username("bench-0"), clock.now()
    cases = Case.objects.bulk_create(
        Case(
            case_no=f"bench{number:08d}",
            item=item,
            department_id=item.department_id,
            version=version,
            applicant_key=applicant.key,
            applicant_name=applicant.name,
            state=State.UNDER_REVIEW,
            opened_by=applicant.key,
            opened_at=now,
            received_at=now,
        )
        for number in range(OPEN_CASES)
    )
    events = [Event(kind, clock.today()) for kind in (Kind.RECEIVED, Kind.ACCEPTED)]
    days = foresee(events, rule_of(version.facts), working_calendar())
    keep_rows([days.row_of(case.pk) for case in cases])
    CaseEvent.objects.bulk_create(
        CaseEvent(case=case, kind=event.kind, at=now, actor=applicant.name)
        for case in cases
        for event in events
    )


Timed = tuple[str, float]  # what it was about, milliseconds


def _at_once(
    crowd: Sequence[Applicant], click: Callable[[Applicant], Timed], count: int
) -> list[Timed]:
    """`count` clicks in all, every user one after the other, all users at once."""

    def one_user(user: Applicant) -> list[Timed]:
        return [click(user) for _ in range(count // len(crowd))]

    with ThreadPoolExecutor(len(crowd)) as pool:
        return [timed for told in pool.map(one_user, crowd) for timed in told]


def _submit(user: Applicant) -> Timed:
    """From the click on 提交 to the page that says it is accepted."""
    case_no, _ = user.open()
    user.fill(case_no)
    begun = time.perf_counter()
    _, page = user.submit(case_no)
    while "正在审核" not in page:
        page = user.browser.get(f"/cases/{case_no}/")
    return case_no, _since(begun)


def _pages(
    script: Script, crowd: Sequence[Applicant], submits: Sequence[Timed]
) -> Callable[[Applicant], Timed]:
    """Each user looks at the pages in turn, and at a case of their own."""
    each = len(submits) // len(crowd)
    turns = {}
    for place, user in enumerate(crowd):
        told = {"search": script.search, "guide": user.guide, "case": submits[place * each][0]}
        turns[id(user)] = cycle([page.format(**told) for page in PAGES])

    def view(user: Applicant) -> Timed:
        address = next(turns[id(user)])
        begun = time.perf_counter()
        user.browser.get(address)
        return address, _since(begun)

    return view


def _empty(user: Applicant) -> Timed:
    begun = time.perf_counter()
    user.browser.get("/healthz")
    return "/healthz", _since(begun)


def _commits(count: int) -> list[float]:
    told = []
    with connection.cursor() as cursor:
        cursor.execute(FLOOR)
        for _ in range(count):
            begun = time.perf_counter()
            cursor.execute(ROW)
            told.append(_since(begun))
        cursor.execute("drop table floor_rows")
    return told


def _books(cases: Sequence[str]) -> dict[str, int]:
    """Every submitted case stands once, was received once, accepted once."""
    kept = set(Case.objects.filter(case_no__in=cases).values_list("case_no", flat=True))
    events = CaseEvent.objects.filter(case__case_no__in=cases)
    counts = {kind: events.filter(kind=kind).count() for kind in ("received", "accepted")}
    return {
        "lost": len(set(cases) - kept),
        "doubled": sum(count - len(cases) for count in counts.values()),
    }


def _p95(timed: Sequence[Timed]) -> float:
    return round(_p95_of([milliseconds for _, milliseconds in timed]), 1)


def _p95_of(values: Sequence[float]) -> float:
    return sorted(values)[max(0, int(len(values) * 0.95) - 1)]


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
