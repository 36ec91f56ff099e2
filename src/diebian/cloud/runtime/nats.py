"""NATS with JetStream and MQTT, from a wheel that puts its program beside Python's."""

import json
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class EmbeddedNats:
    directory: Path  # ours alone: configuration and JetStream's store
    port: int
    mqtt_port: int

    @property
    def argv(self) -> Sequence[str]:
        program = Path(sys.executable).with_name("nats-server")
        return [str(program), "-c", str(self._file)]

    def prepare(self) -> None:
        """Writes the configuration. JSON is one of the ways in which NATS reads it."""
        self.directory.mkdir(parents=True, exist_ok=True)
        told = {
            "server_name": "diebian",  # MQTT keeps its sessions under this name
            "host": "127.0.0.1",
            "port": self.port,
            "jetstream": {"store_dir": str(self.directory)},
            "mqtt": {"host": "127.0.0.1", "port": self.mqtt_port},
        }
        self._file.write_text(json.dumps(told, indent=2))

    @property
    def _file(self) -> Path:
        return self.directory / "nats.conf"


def answers_nats(host: str, port: int) -> Callable[[], bool]:
    """Greets, and is healthy when a PING comes back: a listening socket alone says little."""

    def ask() -> bool:
        with (
            socket.create_connection((host, port), timeout=2) as line,
            line.makefile("rb") as told,
        ):
            if not told.readline().startswith(b"INFO "):
                return False
            line.sendall(b'CONNECT {"verbose":false}\r\nPING\r\n')
            return told.readline() == b"PONG\r\n"

    return ask
