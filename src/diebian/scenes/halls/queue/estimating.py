"""How long it takes, from today's services alone; nothing is told where there are too few."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import quantiles

from diebian.scenes.halls.places.models import Hall

ENOUGH = 5  # services of today, below which no time is told
STEP = 5  # minutes: nobody's wait is known to the minute


def head_start(hall: Hall, *, is_earlier: bool) -> timedelta:
    """By how much a number of older people ranks before the moment at which it was taken."""
    return timedelta(minutes=hall.rules["head_start_minutes"] if is_earlier else 0)


@dataclass(frozen=True)
class Estimate:
    """Minutes between which most such waits end, and from how many services that is told."""

    least: int
    most: int
    services: int

    @property
    def says(self) -> str:
        if self.most <= STEP:
            return f"{STEP} 分钟以内"
        if self.least == self.most:
            return f"大约 {self.most} 分钟"
        return f"大约 {self.least} 到 {self.most} 分钟"


def estimate(services: Sequence[timedelta], *, ahead: int, windows: int) -> Estimate | None:
    """`ahead`: how many are called before; `windows`: how many call them now."""
    if len(services) < ENOUGH or windows == 0:
        return None
    minutes = [one.total_seconds() / 60 for one in services]
    quick, _, slow = quantiles(minutes, n=4, method="inclusive")
    rounds = ahead / windows
    least, most = int(rounds * quick // STEP * STEP), max(STEP, ceil(rounds * slow / STEP) * STEP)
    return Estimate(min(least, most), most, len(services))
