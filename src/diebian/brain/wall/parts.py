"""Which parts of the platform do not answer, from what the supervisor writes down."""

import json
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from diebian.brain.indicators.public import Concern, Concerns, Level
from diebian.cloud.runtime.public import Installation


def ill_parts() -> Concerns:
    """Empty where no supervisor runs: then nothing is known of the parts."""
    file = Installation(Path(settings.DIEBIAN_DATA)).state
    if not file.exists():
        return Concerns()
    told = json.loads(file.read_text())
    since = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    ill = [part for part in told["processes"] if part["health"] != "ok"]
    shown = [_concern(part["title"], part["restarts"], since) for part in ill]
    return Concerns(shown, len(shown))


def _concern(title: str, restarts: int, since: datetime) -> Concern:
    return Concern(
        level=Level.NOW,
        what=f"{title}没有应答",
        whose="运维岗",
        note=f"平台在自动重启，已 {restarts} 次",
        left="现在",
        since=since,
    )
