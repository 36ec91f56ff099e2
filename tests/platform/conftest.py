from collections.abc import Iterator

import pytest

from diebian.base.exchange.bench.rig import Rig

from .gateway_rig import GRANTS, Gateway
from .installation import open_folder


@pytest.fixture(scope="session")
def gateway() -> Iterator[Gateway]:
    """PostgreSQL, a department, broker, Envoy and meter: once for all tests of the gateway."""
    with open_folder() as folder, Rig(folder) as rig:
        rig.start_store(GRANTS)
        port = rig.port("envoy")
        rig.start(rig.broker_part, rig.meter_part, rig.gateway_part(port=port))
        yield Gateway(rig, port)
