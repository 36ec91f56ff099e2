"""One session: plain and full in turns before the same department, then everything is counted.

Both Envoys run with one thread, so that load and department have the other core. The wall-clock
ratio is the contract's figure; it flatters the full chain when the load is dear, and a busy machine
blurs it. Calls for each second of Envoy's own processor time have neither fault: told beside it.
"""

import json
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from diebian.base.exchange.gateway.envoy_bootstrap import cluster
from diebian.cloud.runtime.public import answers_http

from . import season
from .counting import counted
from .origin import manager
from .rig import Rig
from .side import Side, gateway, ids_of, ratio, request_head

ROUTES, SYSTEMS, MANY_ROUTES = 106, 5, 5000
PURPOSE = "样例用途"
GRANTS = [
    {"resource": f"r{route:03}", "system": f"c{system}", "tier": "bulk", "purpose": PURPOSE}
    for route in range(ROUTES)
    for system in range(SYSTEMS)
]


@dataclass(frozen=True)
class Plan:
    rounds: int
    seconds: float
    season: season.Plan


QUICK, WHOLE = Plan(5, 0.9, season.QUICK), Plan(11, 3, season.WHOLE)


def measure(folder: Path, plan: Plan) -> Mapping[str, object]:
    with Rig(folder) as rig:
        rig.start_store(GRANTS)
        head = _head(rig, "r050")
        full = gateway(rig, "full", behind=rig.origin, head=head)
        plain = _plain(rig, head=head)
        for side in (plain, full):
            side.warm_up(rig)
        for _ in range(plan.rounds):
            plain.round(rig, plan.seconds)
            full.round(rig, plan.seconds)
        rig.start(rig.meter_part)
        books = counted(rig, full)
        published = _published(rig)
        through = _through_broker(rig, plan.season, head)
        return {**_verdict(plain, full), **books, "publish": published, **through}


def _plain(rig: Rig, *, head: str) -> Side:
    """Router only, nothing written down."""
    port = rig.port("plain")
    route = {"match": {"prefix": "/"}, "route": {"cluster": "broker"}}
    listener = {
        "address": {"socket_address": {"address": "127.0.0.1", "port_value": port}},
        "filter_chains": [{"filters": [manager(route)]}],
    }
    told = {"static_resources": {"listeners": [listener], "clusters": [cluster(rig.origin)]}}
    rig.start(rig.beside("plain", told, answers_http(port, "/ask")))
    return Side(port, rig.pid("plain"), head, ids_of(rig, "plain"))


def _published(rig: Rig) -> dict[str, object]:
    took = json.loads(rig.python("diebian.base.exchange.bench.publishing", str(MANY_ROUTES)))
    seconds = statistics.median(took) if took else None
    return {"routes": MANY_ROUTES, "seconds": seconds, "each": took, "wanted": 2}


def _through_broker(rig: Rig, plan: season.Plan, head: str) -> dict[str, object]:
    rig.start(rig.broker_part, rig.bare_part)
    bare = gateway(rig, "bare-gateway", behind=rig.bare, head=head)
    broker = gateway(rig, "envoy", behind=rig.broker, head=head)
    return {
        "broker": season.against_bare(rig, plan, broker, bare),
        "season": season.season(
            rig, plan, broker, partial(_head, rig), lambda side: counted(rig, side)
        ),
    }


def _head(rig: Rig, slug: str) -> str:
    token = rig.python("diebian.base.exchange.bench.mint", "c2").strip()
    return request_head(token, slug, PURPOSE)


def _verdict(plain: Side, full: Side) -> dict[str, object]:
    wall, cpu = ratio(full.rates, plain.rates), ratio(full.by_cpu, plain.by_cpu)
    return {
        "name": "gateway",
        "unit": "calls/s",
        "ours": round(statistics.median(full.rates)),
        "limit": round(statistics.median(plain.rates)),
        "ratio": round(wall, 3),
        "peer": None,
        "peer_ratio": None,
        "peer_why": "no other gateway with these duties comes without root or system packages",
        "wall": _spread(wall, full.rates, plain.rates),
        "per_cpu_second": _spread(cpu, full.by_cpu, plain.by_cpu),
        "envoy_busy": {"plain": _middle(plain.busy), "full": _middle(full.busy)},
        "client_busy": {"plain": _middle(plain.client_busy), "full": _middle(full.client_busy)},
        "rounds": len(full.rates),
        "routes": ROUTES,
        "grants": len(GRANTS),
    }


def _spread(middle: float, full: list[float], plain: list[float]) -> dict[str, object]:
    each = sorted(a / b for a, b in zip(full, plain, strict=True))
    return {
        "full": round(statistics.median(full)),
        "plain": round(statistics.median(plain)),
        "ratio": round(middle, 3),
        "lowest": round(each[0], 3),
        "highest": round(each[-1], 3),
    }


def _middle(values: list[float]) -> float:
    return round(statistics.median(values), 2)
