from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

from diebian.base.exchange.bench.rig import Rig

from .gateway_rig import GRANTS, Gateway


@pytest.fixture(scope="session")
def gateway() -> Iterator[Gateway]:
    """PostgreSQL, a department, broker, Envoy and meter: once for all tests of the gateway."""
    # Not pytest's own folder: another run closes it again, and PostgreSQL is another account.
    data = Path(mkdtemp(prefix="diebian-gateway-"))
    data.chmod(0o755)
    with Rig(data) as rig:
        rig.start_store(GRANTS)
        port = rig.port("envoy")
        rig.start(rig.broker_part, rig.meter_part, rig.gateway_part(port=port))
        yield Gateway(rig, port)
    rmtree(data)
