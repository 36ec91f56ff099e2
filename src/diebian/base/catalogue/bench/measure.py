"""The city's folder, expanded to the published scale, in a database that goes with the platform.

Search: what a page asks (facets, first rows), beside the very SQL of it on the same connection.
The limit is that SQL alone: the ratio tells what our own code costs. Taking in: beside COPY of the
same rows into a table without index, constraint or code.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from typing import Any

from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from diebian.base.catalogue.listing import listing, question_from
from diebian.base.catalogue.machine.dcat import A_PAGE, catalogue
from diebian.base.catalogue.models import DataItem, Entry, State
from diebian.base.catalogue.stock.wanted import wanted_in
from diebian.base.directory.public import load_city
from diebian.security.identity.public import PLATFORM, Actor, Post, department_keys
from diebian.standards.profile import load

from .peers import copied_bare, make_trigrams, searched_by_trigrams

QUESTIONS = (
    "", "q=信息", "q=人口", "q=身份证", "q=yyzz", "q=许可 决定", "q=水务", "q=没有的东西",
    "theme=base.credit&sharing=conditional", "q=企业&mounted=false",
)  # fmt: skip
LIMIT_MS = 100  # what the city was promised for the 95th of a hundred
MILLISECONDS = 1000


@dataclass(frozen=True)
class Plan:
    rounds: int


QUICK, WHOLE = Plan(8), Plan(40)


def measure(plan: Plan) -> Mapping[str, object]:
    wanted, loaded = _loaded()
    make_trigrams()
    reader = _reader()
    statements = {question: _statements(reader, question) for question in QUESTIONS}
    ours, bare, peer = [], [], []
    for _ in range(plan.rounds):  # in turns, so that a busy minute is everybody's
        for question in QUESTIONS:
            ours.append(_timed(lambda q=question: _asked(reader, q)))  # type: ignore[misc]
            bare.append(_timed(lambda q=question: _answered(statements[q])))  # type: ignore[misc]
            peer.append(_timed(lambda q=question: searched_by_trigrams(q)))  # type: ignore[misc]
    p95, limit, other = (_p95(values) for values in (ours, bare, peer))
    published = Entry.objects.filter(state=State.PUBLISHED)
    count = published.count()
    return {
        "entries": count,
        "items": DataItem.objects.count(),
        "load": loaded,
        "dump": _dumped(),
        "median_ms": round(statistics.median(ours), 1),
        "promised_ms": LIMIT_MS,
        "name": "catalogue",
        "unit": "ms p95",
        "ours": round(p95, 1),
        "limit": round(limit, 1),
        "ratio": round(limit / p95, 3),
        "peer": round(other, 1),
        "peer_ratio": round(other / p95, 3),
        "lost": len(wanted - set(published.values_list("provider__credit_code", "title"))),
        "doubled": count - published.values("provider", "title").distinct().count(),
    }


def _loaded() -> tuple[set[tuple[str, str]], Mapping[str, object]]:
    """Department and title of each row of the folder, of which each must be a published entry, and
    what taking them in took. What the journey has a line of its own for is published by people."""
    with tempfile.TemporaryDirectory(prefix="diebian-bench-") as folder:
        out = Path(folder) / "city"
        words = [sys.executable, "-m", "sandbox.expand", os.environ["DIEBIAN_CITY"], str(out)]
        run(words, check=True, capture_output=True)  # noqa: S603  our own program
        profile = load(out)
        before = Entry.objects.count()
        took = _timed(lambda: load_city(profile=profile, by=PLATFORM)) / MILLISECONDS
        again = _timed(lambda: load_city(profile=profile, by=PLATFORM)) / MILLISECONDS
    bare = copied_bare()
    return {(one.credit_code, one.title) for one in wanted_in(profile).values()}, {
        "new": Entry.objects.count() - before,
        "seconds": round(took, 2),
        "unchanged_seconds": round(again, 2),
        "bare_copy_seconds": round(bare, 2),
    }


def _dumped() -> Mapping[str, object]:
    began, count, page, bytes_ = time.perf_counter(), 0, 1, 0
    while True:
        node = catalogue("http://127.0.0.1/", page)
        bytes_ += len(json.dumps(node))
        count += len(node["dcat:dataset"])
        if "hydra:next" not in node["hydra:view"]:
            break
        page += 1
    took = time.perf_counter() - began
    return {
        "datasets": count,
        "pages_of": A_PAGE,
        "seconds": round(took, 2),
        "megabytes": round(bytes_ / 1024**2, 1),
        "each_second": round(count / took),
    }


def _reader() -> Actor:
    """The one who sees most: the authority, of some department."""
    department = next(iter(department_keys()))
    return Actor(name="bench", department=department, key="bench", posts=(Post.AUTHORITY,))


def _asked(reader: Actor, question: str) -> None:
    list(listing(reader, question_from(QueryDict(question))).page.object_list)


def _statements(reader: Actor, question: str) -> Sequence[str]:
    with CaptureQueriesContext(connection) as captured:
        _asked(reader, question)
    return [told["sql"] for told in captured.captured_queries]


def _answered(statements: Sequence[str]) -> None:
    """The same questions by the bare driver, without Django between."""
    raw: Any = connection.connection
    for statement in statements:
        raw.execute(statement.replace("%", "%%")).fetchall()


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    with transaction.atomic():
        act()
    return (time.perf_counter() - began) * MILLISECONDS


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
