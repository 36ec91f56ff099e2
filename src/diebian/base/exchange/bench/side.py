"""One of the two gateways that are compared, and what a round of load on it told."""

import json
import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from diebian.kernel.processor import seconds_of

from .origin import CONTRACT
from .rig import Rig

CONNECTIONS = 32
OK = "200"


@dataclass
class Side:
    port: int
    pid: int
    head: str
    ids: Path
    rates: list[float] = field(default_factory=list)  # calls each second, a round each
    by_cpu: list[float] = field(default_factory=list)  # calls each second of Envoy's processor time
    busy: list[float] = field(default_factory=list)  # Envoy's part of one processor
    client_busy: list[float] = field(default_factory=list)
    answered: int = 0
    body: str = json.dumps(CONTRACT["probe"], ensure_ascii=False)

    def warm_up(self, rig: Rig) -> None:
        self.load(rig, seconds=0.3)

    def round(self, rig: Rig, seconds: float) -> None:
        before = seconds_of(self.pid)
        told = self.load(rig, seconds=seconds)
        used, calls = seconds_of(self.pid) - before, told["statuses"][OK]
        self.rates.append(calls / told["seconds"])
        self.by_cpu.append(calls / max(used, 0.01))
        self.busy.append(used / told["seconds"])
        self.client_busy.append(told["cpu_seconds"] / told["seconds"])

    def load(self, rig: Rig, **how: float) -> dict[str, Any]:
        """`how`: seconds or calls, and where wanted rate and persons (see `load`)."""
        spec = {
            "port": self.port,
            "head": self.head,
            "body": self.body,
            "connections": CONNECTIONS,
            **how,
            "ids": str(self.ids),
        }
        printed = rig.python("diebian.base.exchange.bench.load", told=json.dumps(spec))
        told: dict[str, Any] = json.loads(printed)
        if set(told["statuses"]) != {OK} or told["broken"]:
            raise RuntimeError(f"not every call was answered with 200: {told}")
        self.answered += told["statuses"][OK]
        return told


def gateway(rig: Rig, name: str, *, behind: Path, head: str) -> Side:
    """A gateway of an installation, started."""
    port = rig.port(name)
    rig.start(rig.gateway_part(name=name, port=port, behind=behind))
    return Side(port, rig.pid(name), head, ids_of(rig, name))


def ids_of(rig: Rig, name: str) -> Path:
    return rig.home.run / f"{name}.ids"


def request_head(token: str, slug: str, purpose: str) -> str:
    """Of a call with purpose, reader, case and person; each has a number of its own."""
    told = {
        "host": "gateway",
        "authorization": f"Bearer {token}",
        "content-type": "application/json",
        "x-purpose": purpose.encode().hex(),
        "x-reader": "样例".encode().hex(),
        "x-case-no": "SAMPLE-1",
        "x-subject": "sample",
        "x-call-id": "call-NUMBER",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"POST /r/{slug} HTTP/1.1\r\n{lines}"


def ratio(one: list[float], other: list[float]) -> float:
    """The median over rounds, each measured next to its neighbour."""
    return statistics.median(a / b for a, b in zip(one, other, strict=True))
