"""`python -m diebian.base.exchange.bench.crowded SLUG RATE`: puts a rig's resource in season."""

import sys
from datetime import timedelta

import django

if __name__ == "__main__":
    django.setup()
    from diebian.base.exchange.seasons.actions import open_season
    from diebian.kernel import clock
    from diebian.security.identity.public import PLATFORM

    open_season(
        resource=sys.argv[1],
        title="样例高峰期",
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(days=1),
        each_second=int(sys.argv[2]),
        waiting_most=1_000_000,
        kept_minutes=24 * 60,
        by=PLATFORM,
    )
