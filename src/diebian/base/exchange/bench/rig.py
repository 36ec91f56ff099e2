"""The read path alone in a folder of its own: PostgreSQL, a department, broker, Envoy, meter.

The processes and their supervisor are those of an installation; what an installation has beside
them (portal, jobs, sandboxes) is left out. For the bench, and for tests that kill.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from diebian.base.exchange.gateway.envoy_routes import VERSION_PATH
from diebian.base.exchange.gateway.publishing import envoy_program
from diebian.cloud.runtime.public import (
    EmbeddedPostgres,
    EnvoyRoll,
    Installation,
    Part,
    Ports,
    Supervisor,
    answers_http,
    answers_on_socket,
    nursery,
)

from . import origin

FIRST_PORT = 8600
Grants = Sequence[Mapping[str, Any]]  # resource, system, tier, purpose, and terms


class Rig:
    def __init__(self, folder: Path, systems: Sequence[str] = (origin.SYSTEM,)) -> None:
        """`systems`: of departments and of nodes above; the origin answers for all of them."""
        self.systems = systems
        self.home = Installation(folder)
        self.home.prepare()
        self.postgres = EmbeddedPostgres(self.home.postgres)
        self.broker = self.home.run / "broker.sock"
        self.bare = self.home.run / "bare.sock"
        self.origin = self.home.run / "origin.sock"
        self.ports = Ports(self.home.ports)
        self.origin_port = self.port("origin")
        self.supervisor = Supervisor(self.home, self.environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.supervisor.stop_all()
        self.ports.release()

    @property
    def environment(self) -> dict[str, str]:
        where = f"http://127.0.0.1:{self.origin_port}"
        kept = {name: told for name, told in os.environ.items() if name != "NATS_URL"}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "diebian.assembly.settings",
            "DATABASE_URL": self.postgres.url,
            "DIEBIAN_DATA": str(self.home.data),
            "DIEBIAN_SECRET_KEY": self.home.secret,
            **{f"DIEBIAN_SANDBOX_{one.upper()}": where for one in self.systems},
            "PYTHONUNBUFFERED": "1",
        }

    def port(self, name: str) -> int:
        return self.ports.choose(name, FIRST_PORT)

    def start(self, *parts: Part) -> None:
        """Together; returns when all of them answer."""
        self.supervisor.begin(*parts)
        self.supervisor.settle(*parts, told=lambda *_: None)

    def start_store(self, grants: Grants) -> None:
        """PostgreSQL with all tables, a department that answers, and these grants."""
        self.begin()
        self.python("diebian.base.exchange.bench.prepare", told=json.dumps(list(grants)))

    def begin(self) -> None:
        """PostgreSQL without a table yet, and whoever answers for the departments."""
        told = origin.configuration(port=self.origin_port, socket=self.origin)
        postgres = Part(
            name="postgres",
            title="PostgreSQL",
            argv=self.postgres.argv,
            is_healthy=self.postgres.is_healthy,
            account=self.postgres.account,
            stop_signal=signal.SIGINT,
            before_start=self.postgres.prepare,
        )
        maker = nursery(self.home.run / "nursery.sock", "diebian.assembly.preload")
        self.start(maker, postgres, self.beside("origin", told, answers_http(self.origin_port)))

    def beside(self, name: str, told: dict[str, Any], is_healthy: Callable[[], bool]) -> Part:
        """An Envoy beside the gateway, with one thread: load and Envoy share few cores."""
        file = self.home.run / f"{name}.json"
        file.write_text(json.dumps(told))
        words = [envoy_program(), "-c", str(file), "--disable-hot-restart", "--concurrency", "1"]
        argv = [*words, "-l", "error"]
        return Part(name=name, title=name, argv=argv, is_healthy=is_healthy)

    @property
    def broker_part(self) -> Part:
        argv = [sys.executable, "-m", "diebian.base.exchange.broker.app", str(self.broker)]
        healthy = answers_on_socket(self.broker)
        return Part(
            name="broker", title="broker", argv=argv, is_healthy=healthy, forked_by="nursery"
        )

    @property
    def bare_part(self) -> Part:
        argv = [sys.executable, "-m", "diebian.base.exchange.bench.bare", str(self.bare)]
        healthy = answers_on_socket(self.bare)
        return Part(name="bare", title="bare", argv=argv, is_healthy=healthy)

    @property
    def meter_part(self) -> Part:
        beat = self.home.data / "gateway" / "meter.beat"
        argv = [sys.executable, "-m", "diebian.base.exchange.metering.meter"]
        return Part(
            name="meter", title="meter", argv=argv, is_healthy=beat.exists, forked_by="nursery"
        )

    def gateway_part(self, *, port: int, name: str = "envoy", behind: Path | None = None) -> Part:
        """The gateway of an installation before the broker, or straight before a department."""
        module = [sys.executable, "-m", "diebian.base.exchange.gateway.envoy"]
        argv = [*module, str(port), str(behind or self.broker)]
        healthy = answers_http(port, VERSION_PATH)
        return Part(
            name=name, title=name, argv=argv, is_healthy=healthy, forked_by="nursery", port=port,
            roll=EnvoyRoll(self.home.data / "gateway"),
        )  # fmt: skip

    def pid(self, name: str) -> int:
        self.supervisor.note()
        told = json.loads(self.home.state.read_text())["processes"]
        return next(int(part["pid"]) for part in told if part["name"] == name)

    def kill(self, name: str) -> int:
        """kill -9, as the kernel would; the supervisor brings it back. Returns who died."""
        pid = self.pid(name)
        with suppress(ProcessLookupError):  # it died a moment before
            os.kill(pid, signal.SIGKILL)
        return pid

    def python(self, module: str, *words: str, told: str = "", is_shown: bool = False) -> str:
        """Runs a module of ours in the rig's environment; gives what it printed.

        `is_shown`: how far it is goes to whoever watches.
        """
        done = subprocess.run(  # noqa: S603  our own program and words
            [sys.executable, "-m", module, *words],
            env=self.environment,
            input=told,
            stdout=subprocess.PIPE,
            stderr=None if is_shown else subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{module}: {(done.stderr or 'see above')[-2000:]}")
        return done.stdout
