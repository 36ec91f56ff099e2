"""The read path and the gateway are of one mind about which grants may be used."""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from diebian.base.exchange.adapters.probing import store_address
from diebian.base.exchange.bench.prepare import prepare
from diebian.base.exchange.broker.granted import GRANTS
from diebian.base.exchange.grants.in_force import called_in_force
from diebian.base.exchange.grants.models import Grant, Mode, ShareRequest, Standing
from diebian.base.exchange.tests.brokers import PURPOSE, SYSTEM
from diebian.kernel import clock

SLUG = "sample"


@pytest.mark.django_db(transaction=True)
def test_a_grant_that_the_gateway_serves_is_known_to_the_broker_and_no_other() -> None:
    told = {"resource": SLUG, "system": SYSTEM, "tier": "trial", "purpose": PURPOSE}
    prepare([told], ask=lambda contract: set(contract["fields"]))
    good: dict[str, Any] = {"standing": Standing.ACTIVE, "revoked_at": None}
    as_asked: dict[str, Any] = {"valid_to": clock.today(), "mode": Mode.ROWS}
    suspended = {"standing": Standing.SUSPENDED, "revoked_at": clock.now()}
    over = {**as_asked, "valid_to": clock.today() - timedelta(days=1)}
    by_mode = [(good, {**as_asked, "mode": mode}) for mode in Mode]
    served = []
    for grant, request in ((suspended, as_asked), (good, over), *by_mode):
        Grant.objects.update(**grant)
        ShareRequest.objects.update(**request)
        assert called_in_force().exists() is bool(asyncio.run(_known())), (grant, request)
        served.append(called_in_force().exists())
    assert served == [False, False, True, True, False, False, False, False]


async def _known() -> list[Any]:
    line = await asyncpg.connect(store_address())
    try:
        return list(await line.fetch(GRANTS, SLUG, SYSTEM, clock.today()))
    finally:
        await line.close()
