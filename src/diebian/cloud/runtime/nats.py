"""NATS with JetStream, from a wheel that puts its program beside Python's."""

import sys
from pathlib import Path


def nats_argv(store: Path, port: int) -> list[str]:
    store.mkdir(parents=True, exist_ok=True)
    program = Path(sys.executable).with_name("nats-server")
    return [str(program), "-a", "127.0.0.1", "-p", str(port), "-js", "-sd", str(store)]
