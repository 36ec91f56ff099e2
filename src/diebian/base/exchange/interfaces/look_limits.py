"""How many answers that found nobody are usual, and of how many persons: as the contract says.

A clerk mistypes now and then. Somebody who tries numbers out finds nobody most of the time, and
whoever copies a register out asks for very many. Both are counted over ten minutes from what was
written down anyway; the read path knows nothing of it.

    watch: {nobody: 30, persons: 500, suspend: 200}

`nobody` (30 where nothing is declared) and `persons` (no limit) raise an alarm; `suspend` answers
that found nobody suspend the grant as well. Without it nothing is suspended.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from diebian.security.tracker.public import Looks

WINDOW = timedelta(minutes=10)
USUAL_NOBODY = 30
MINUTES = round(WINDOW.total_seconds() / 60)


@dataclass(frozen=True)
class LookLimits:
    nobody: int = USUAL_NOBODY
    persons: int | None = None
    suspend: int | None = None

    def broken_by(self, looks: Looks) -> str:
        """In words, or empty."""
        told = []
        if looks.nobody >= self.nobody:
            told.append(f"{MINUTES} 分钟里查无此人到 {self.nobody} 次")
        if self.persons is not None and looks.persons >= self.persons:
            told.append(f"{MINUTES} 分钟里查到 {self.persons} 个不同的人")
        return "，".join(told)

    def suspends(self, looks: Looks) -> bool:
        return self.suspend is not None and looks.nobody >= self.suspend


def limits_in(contract: Mapping[str, Any]) -> LookLimits:
    return LookLimits(**contract.get("watch", {}))
