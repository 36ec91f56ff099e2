"""The whole path of a real call: against the bare app, in the season, and at half load.

`broker`: gateway, broker, department and both books, against the same gateway before an app that
does nothing but ask the department. `season`: as many calls as the city had, each person again and
again, answered first by the department in turn and then with what is kept; every one is counted.
"""

import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass, replace

from diebian.kernel import clock

from .rig import Rig
from .side import Side, ratio

SLUG, EACH_SECOND = "r051", 4000
P99_WANTED_MS, BROKER_WANTED = 50, 0.6


@dataclass(frozen=True)
class Plan:
    rounds: int
    seconds: float  # of each round
    calls: int  # of the season
    persons: int
    half_seconds: float


# 1.31 million calls by the pupils of one year and their families.
QUICK = Plan(rounds=3, seconds=1.0, calls=6_550, persons=500, half_seconds=2)
WHOLE = Plan(rounds=5, seconds=3, calls=1_310_000, persons=21_000, half_seconds=20)

A_TURN = 100_000  # calls under one token, which serves for five minutes
Counted = Callable[[Side], dict[str, object]]
Head = Callable[[str], str]  # of a call to this resource, with a token that was made just now


def against_bare(rig: Rig, plan: Plan, broker: Side, bare: Side) -> dict[str, object]:
    for side in (bare, broker):
        side.warm_up(rig)
    for _ in range(plan.rounds):
        bare.round(rig, plan.seconds)
        broker.round(rig, plan.seconds)
    return {
        "ours": round(statistics.median(broker.rates)),
        "limit": round(statistics.median(bare.rates)),
        "ratio": round(ratio(broker.rates, bare.rates), 3),
        "wanted": BROKER_WANTED,
    }


def season(rig: Rig, plan: Plan, broker: Side, head: Head, counted: Counted) -> dict[str, object]:
    rig.python("diebian.base.exchange.bench.crowded", SLUG, str(EACH_SECOND))
    person = {"id_number": "219902PERSON", "name": "样例"}
    crowd = replace(broker, body=json.dumps(person, ensure_ascii=False), rates=[], answered=0)
    began = clock.now()
    rate = plan.calls / _all_calls(rig, plan, crowd, head)
    crowd.head = head(SLUG)
    half = crowd.load(rig, seconds=plan.half_seconds, persons=plan.persons, rate=rate / 2)
    broker.answered += crowd.answered
    return {
        "calls": plan.calls,
        "of": WHOLE.calls,
        "persons": plan.persons,
        "calls_per_second": round(rate),
        "half_load": {**half["milliseconds"], "rate": round(rate / 2), "wanted": P99_WANTED_MS},
        "seconds": round((clock.now() - began).total_seconds(), 1),
        **counted(broker),
    }


def _all_calls(rig: Rig, plan: Plan, crowd: Side, head: Head) -> float:
    """How many seconds the calls took, without what came between two turns."""
    seconds = 0.0
    for done in range(0, plan.calls, A_TURN):
        crowd.head = head(SLUG)
        calls = min(A_TURN, plan.calls - done)
        seconds += crowd.load(rig, calls=calls, persons=plan.persons)["seconds"]
    return seconds
