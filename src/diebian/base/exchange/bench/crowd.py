"""Very many calls of several kinds through one gateway, for benches of components above."""

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diebian.kernel.progress import Progress, Report

from . import season
from .counting import counted
from .origin import CONTRACT
from .rig import Rig
from .side import CONNECTIONS, OK, Side, gateway, request_head

A_TURN = 20_000  # calls of one process that loads: then how far it is can be told
FRESH_SECONDS = 120  # a token serves for five minutes
TRIES = 3


@dataclass(frozen=True)
class Kind:
    """A resource that is called, by which system and how often; `persons`: as many ask in turn."""

    slug: str
    system: str
    purpose: str
    calls: int
    persons: int = 0


class CrowdRig(Rig):
    """The read path with broker, gateway and meter, and whoever calls it."""

    contract = (
        CONTRACT  # what the origin answers to; a kind may have a path and a system of its own
    )
    kind = Kind

    def __init__(self, folder: Path, systems: Sequence[str]) -> None:
        super().__init__(folder, systems)
        self._tokens: dict[str, str] = {}
        self._minted = 0.0

    def open(self) -> None:
        self.start(self.broker_part, self.meter_part)
        self.side = gateway(self, "envoy", behind=self.broker, head="")

    def call(self, kinds: Sequence[Kind], report: Report) -> Counter[str]:
        """Each so often until it is answered so often; tells how many other answers there were."""
        other: Counter[str] = Counter()
        left = Counter({kind: kind.calls for kind in kinds if kind.calls})
        of, tries = left.total(), TRIES
        while left and tries:
            tries -= 1
            for turn in list(_turns(left)):
                for kind, told in self._called(turn):
                    answered = told["statuses"].pop(OK, 0)
                    other.update(told["statuses"])
                    left[kind] -= answered
                    self.side.answered += answered
                report(Progress("调用", of - left.total(), of, unit="次"))
            left = +left
        return other

    def counted(self) -> dict[str, object]:
        return counted(self, self.side)

    def against_bare(self, kind: Kind, *, is_quick: bool) -> dict[str, object]:
        """The whole path of one kind against the same gateway before an app that only asks."""
        self.start(self.bare_part)
        head = self._head(kind)
        bare = gateway(self, "bare-gateway", behind=self.bare, head=head)
        ours = Side(self.side.port, self.side.pid, head, self.side.ids)
        return season.against_bare(self, season.QUICK if is_quick else season.WHOLE, ours, bare)

    def _called(self, turn: Sequence[tuple[Kind, int]]) -> Iterator[tuple[Kind, dict[str, Any]]]:
        self._keep_fresh({kind.system for kind, _ in turn})
        specs = [
            {
                "port": self.side.port,
                "head": self._head(kind),
                "body": json.dumps(_asked(kind), ensure_ascii=False),
                "connections": CONNECTIONS,
                "calls": calls,
                "persons": kind.persons or 1,
                "ids": str(self.side.ids),
            }
            for kind, calls in turn
        ]
        printed = self.python("diebian.base.exchange.bench.load", told=json.dumps(specs))
        for (kind, _), told in zip(turn, json.loads(printed), strict=True):
            if told["broken"]:
                raise RuntimeError(f"{kind.slug}: the gateway closed {told['broken']} connections")
            yield kind, told

    def _head(self, kind: Kind) -> str:
        self._keep_fresh({kind.system})
        return request_head(self._tokens[kind.system], kind.slug, kind.purpose)

    def _keep_fresh(self, systems: set[str]) -> None:
        is_fresh = time.monotonic() - self._minted <= FRESH_SECONDS
        if is_fresh and systems <= self._tokens.keys():
            return
        named = sorted({*systems, *self._tokens})
        minted = self.python("diebian.base.exchange.bench.mint", *named).split()
        self._tokens = dict(zip(named, minted, strict=True))
        self._minted = time.monotonic()


def _asked(kind: Kind) -> dict[str, str]:
    probe = {"id_number": "219902198803120029", "name": "样例"}
    return {**probe, "id_number": "219902PERSON"} if kind.persons else probe


def _turns(left: Counter[Kind]) -> Iterator[list[tuple[Kind, int]]]:
    """Small kinds together in one turn, a large one over many."""
    turn: list[tuple[Kind, int]] = []
    room = A_TURN
    for kind, asked in list(left.items()):
        calls = asked
        while calls:
            now = min(calls, room)
            turn.append((kind, now))
            calls, room = calls - now, room - now
            if not room:
                yield turn
                turn, room = [], A_TURN
    if turn:
        yield turn
