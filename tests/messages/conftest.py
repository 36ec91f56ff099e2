from collections.abc import Iterator
from pathlib import Path

import pytest

from .processes import Maker, Nats, Relay


@pytest.fixture
def nats_server(tmp_path: Path) -> Iterator[Nats]:
    server = Nats(tmp_path)
    server.start()
    yield server
    server.end()


@pytest.fixture(scope="module")
def maker(
    django_db_setup: None,  # noqa: ARG001  it must know the test's database
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Maker]:
    made = Maker(tmp_path_factory.mktemp("maker"))
    yield made
    made.end()


@pytest.fixture
def relay(
    tmp_path: Path, nats_server: Nats, maker: Maker, transactional_db: None
) -> Iterator[Relay]:
    del transactional_db  # named so that the relay ends before the tables are emptied
    running = Relay(tmp_path, nats_server.url, maker)
    running.start()
    yield running
    running.end()
