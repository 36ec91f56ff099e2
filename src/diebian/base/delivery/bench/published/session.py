"""One session in one fresh folder: filled, granted, called, counted, and compared with what the
city has published. The headline is the whole path of a call against an app that only asks.
"""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diebian.base.exchange.public import bench_rig

from .figures import compared
from .interfaces import NODES, local_slug, upper_slug
from .plan import QUICK, Plan, plan_of, published_of, shares
from .side import Watch

if TYPE_CHECKING:
    from diebian.base.exchange.public import CallKind, CrowdRig

SIDE = "diebian.base.delivery.bench.published.side"
EACH_PERSON = 62  # calls in the season: some 21,000 pupils of one year, and their families
AT_LEAST = ("exam_score_calls",)  # published as "more than"
SOURCE = "bench_source"


def measure(folder: Path, *, is_quick: bool, calls: int = 0) -> Mapping[str, object]:
    published = published_of(Path(os.environ["DIEBIAN_CITY"]))
    plan = plan_of(published, one_in=QUICK if is_quick else 1, calls=calls)
    watch, seconds = Watch(), {}
    with bench_rig(folder, ["bench", *NODES]) as rig:
        with watch.part("启动"):
            rig.begin()
            rig.postgres.ensure_database(SOURCE)

        def side(step: str) -> dict[str, Any]:
            told = {
                "plan": plan.told,
                "contract": rig.contract,
                "source": rig.postgres.url_of(SOURCE),
            }
            done: dict[str, Any] = json.loads(rig.python(SIDE, step, told=json.dumps(told),
                                                         is_shown=True))  # fmt: skip
            seconds.update(done["seconds"])
            return done

        side("fill")
        rig.open()
        granted = side("grant")
        kinds = _kinds(rig, plan, granted)
        with watch.part("调用"):
            began = time.monotonic()
            other = rig.call(kinds, watch.report)
            took = time.monotonic() - began
        books = rig.counted()
        lines = compared(side("tell")["figures"], published, plan, AT_LEAST)
        bare = rig.against_bare(kinds[1], is_quick=is_quick)
    asked = plan.upper_calls + plan.local_calls
    return {
        "name": "published",
        "unit": "calls/s",
        "ours": bare["ours"],
        "limit": bare["limit"],
        "ratio": bare["ratio"],
        "peer": None,
        "peer_ratio": None,
        "peer_why": "no other platform takes the city's folder",
        **books,
        "is_reached": all(line.is_reached for line in lines),
        "one_in": plan.one_in,
        "calls": asked,
        "calls_per_second": round(asked / took),
        "other_answers": dict(other),
        "seconds": {**watch.seconds, **seconds},
        "figures": {line.figure: asdict(line) for line in lines},
    }


def _kinds(rig: "CrowdRig", plan: Plan, granted: Mapping[str, Any]) -> "list[CallKind]":
    """First of the local kinds is the one in season."""
    rest = shares(plan.local_calls - plan.season_calls, plan.local_kinds - 1)
    calls = dict(zip(map(local_slug, range(plan.local_kinds)), [plan.season_calls, *rest],
                     strict=True))  # fmt: skip
    above = shares(plan.upper_calls, plan.upper_kinds)
    calls |= dict(zip(map(upper_slug, range(plan.upper_kinds)), above, strict=True))
    return [
        rig.kind(
            slug=slug,
            system=granted["systems"][slug],
            purpose=granted["purpose"],
            calls=often,
            persons=max(1, often // EACH_PERSON) if slug == local_slug(0) else 0,
        )
        for slug, often in calls.items()
    ]
