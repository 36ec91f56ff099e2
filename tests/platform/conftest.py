from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from diebian.base.exchange.bench.rig import Rig

from .gateway_rig import GRANTS, Gateway
from .installation import open_folder


@pytest.fixture(scope="session")
def gateway() -> Iterator[Gateway]:
    """PostgreSQL, a department, broker, Envoy and meter: once for all tests of the gateway."""
    with open_folder() as folder, Rig(folder / "data") as rig:
        rig.start_store(GRANTS)
        with ThreadPoolExecutor() as together:
            port = together.submit(rig.start_gateway)
            others = [together.submit(start) for start in (rig.start_broker, rig.start_meter)]
        for other in others:
            other.result()
        yield Gateway(rig, port.result())
