from collections.abc import Iterator

import pytest

from diebian.base.exchange.bench.rig import Rig

from .gateway_rig import GRANTS, Gateway


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """PostgreSQL, a department, broker, Envoy and meter: once for all tests of the gateway."""
    data = tmp_path_factory.mktemp("gateway")
    for folder in (data, *data.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o011)  # PostgreSQL runs as another account
    with Rig(data) as rig:
        rig.start_store(GRANTS)
        port = rig.port("envoy")
        rig.start(rig.broker_part, rig.meter_part, rig.gateway_part(port=port))
        yield Gateway(rig, port)
