"""A real NATS server and real relays for a test; both can be killed and come back."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import nats
import pytest
from django.db import connection
from nats.js import JetStreamContext
from psycopg.conninfo import make_conninfo

from diebian.base.messages.models import Stream
from diebian.base.messages.stream import subject
from diebian.cloud.runtime.public import (
    EmbeddedNats,
    Forked,
    fork_part,
    inherit_orphans,
    nursery,
)
from tests.platform.installation import wait_for

ROOT = Path(__file__).parents[2]
T = TypeVar("T")


class Process:
    """Something that runs until it is killed, and writes to a file of its own."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._running: subprocess.Popen[bytes] | Forked | None = None

    def _begin(self, argv: list[str], environment: dict[str, str]) -> None:
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(  # noqa: S603  our own programs
                argv, env=environment, stdout=log, stderr=log, cwd=ROOT
            )

    @property
    def is_running(self) -> bool:
        return self._running is not None and self._running.poll() is None

    @property
    def log(self) -> str:
        return self._log.read_text()

    def kill(self, how: signal.Signals = signal.SIGKILL) -> int:
        assert self._running is not None
        self._running.send_signal(how)
        return self._running.wait(20)

    def end(self) -> None:
        if self.is_running:
            self.kill()


class Nats(Process):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "nats.log")
        self._store = folder / "nats"
        self.port, mqtt_port = _a_free_port(), _a_free_port()
        self._server = EmbeddedNats(self._store, self.port, mqtt_port)

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._server.prepare()
        self._begin(list(self._server.argv), dict(os.environ))
        wait_for(self._answers, "NATS answers")

    def lose_its_disk(self) -> None:
        shutil.rmtree(self._store)

    def count(self) -> int:
        """Messages in the stream of this test."""
        name = Stream.objects.get().name

        async def ask(js: JetStreamContext) -> int:
            return (await js.stream_info(name)).state.messages

        return self._ask(ask)

    def publish(self, topic: str, content: bytes) -> None:
        """Past the relay, and without the id by which the stream knows a message again."""
        name = Stream.objects.get().name

        async def say(js: JetStreamContext) -> None:
            await js.publish(subject(name, topic), content)

        self._ask(say)

    def _ask(self, question: Callable[[JetStreamContext], Awaitable[T]]) -> T:
        async def talk() -> T:
            async with await nats.connect(self.url) as line:
                return await question(line.jetstream())

        return asyncio.run(talk())

    def _answers(self) -> bool:
        with socket.socket() as plug:
            return plug.connect_ex(("127.0.0.1", self.port)) == 0


class Maker:
    """A nursery that has loaded the relay: a hundred relays are killed here, one is loaded."""

    def __init__(self, folder: Path) -> None:
        if not inherit_orphans():
            pytest.skip("this system gives orphans to nobody but its first process")
        told = connection.get_connection_params()
        words = {word: told[word] for word in ("dbname", "user", "host", "port") if word in told}
        self.folder, self.door = folder, folder / "door"
        self._part = nursery(self.door, "diebian.assembly.preload")
        self._running = subprocess.Popen(  # noqa: S603  our own program
            list(self._part.argv),
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": make_conninfo(**words),
                "DJANGO_SETTINGS_MODULE": "tests.messages.settings",
                "DIEBIAN_DATA": str(folder),
            },
        )
        wait_for(lambda: self.door.exists() and self._part.is_healthy(), "it has loaded all")

    def end(self) -> None:
        self._running.kill()
        self._running.wait()


class Relay(Process):
    def __init__(self, folder: Path, url: str, maker: Maker) -> None:
        super().__init__(folder / "relay.log")
        self._url, self._maker = url, maker
        self.beat.unlink(missing_ok=True)

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._running = fork_part(
                self._maker.door,
                name="relay",
                words=["diebian.base.messages.relay"],
                stop_signal=signal.SIGTERM,
                log=log.fileno(),
                environment={"NATS_URL": self._url},
            )

    @property
    def beat(self) -> Path:
        return self._maker.folder / "messages" / "relay.beat"


def _a_free_port() -> int:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return int(plug.getsockname()[1])
