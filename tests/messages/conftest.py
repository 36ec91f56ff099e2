from collections.abc import Iterator
from pathlib import Path

import pytest

from .processes import Nats, Relay


@pytest.fixture
def nats_server(tmp_path: Path) -> Iterator[Nats]:
    server = Nats(tmp_path)
    server.start()
    yield server
    server.end()


@pytest.fixture
def relay(tmp_path: Path, nats_server: Nats, transactional_db: None) -> Iterator[Relay]:
    del transactional_db  # named so that the relay ends before the tables are emptied
    running = Relay(tmp_path, nats_server.url)
    running.start()
    yield running
    running.end()
