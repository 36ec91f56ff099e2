"""更新周期: how old data may be by what its catalogue entry promises."""

from datetime import datetime, timedelta

from .metadata import UpdateCycle

# What an update promise allows; a day more than the cycle, for the night's work.
ALLOWED = {
    UpdateCycle.LIVE: timedelta(hours=1),
    UpdateCycle.DAY: timedelta(days=2),
    UpdateCycle.WEEK: timedelta(days=8),
    UpdateCycle.MONTH: timedelta(days=32),
    UpdateCycle.QUARTER: timedelta(days=93),
    UpdateCycle.TERM: timedelta(days=185),
    UpdateCycle.YEAR: timedelta(days=367),
}


def is_late(newest: datetime | None, cycle: str, now: datetime) -> bool:
    allowed = ALLOWED.get(UpdateCycle(cycle)) if cycle else None
    return allowed is not None and (newest is None or now - newest > allowed)
