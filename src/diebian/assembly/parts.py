"""What runs in one installation, in the order of starting. No logic beyond the list."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from diebian.cloud.runtime.public import (
    EmbeddedNats,
    EmbeddedPostgres,
    EnvoyRoll,
    Installation,
    Part,
    Ports,
    all_of,
    answers_http,
    answers_nats,
    answers_on_socket,
    beats,
    nursery,
)

from .health import worker_works

ROOT = Path(__file__).parents[3]
FIRST_PORTS = {"web": 8000, "gateway": 8100, "nats": 8200, "mqtt": 8250}
FIRST_SANDBOX_PORT = 8300
BEAT_SECONDS = 15
SANDBOX_PATIENCE_SECONDS = 8  # it has nothing to repair, and people practise with it


class Plan:
    def __init__(self, home: Installation, *, city: Path, port: int | None) -> None:
        self.home, self.city = home, city
        self.sandboxes = sandbox_systems(city)
        self._book = Ports(home.ports)  # holds them as long as the plan lives
        self.ports = _choose(self._book, self.sandboxes, port)
        self.postgres = EmbeddedPostgres(home.postgres)
        self.nats = EmbeddedNats(home.data / "nats", self.ports["nats"], self.ports["mqtt"])
        self.broker = home.run / "broker.sock"
        self.database = os.environ.get("DATABASE_URL") or self.postgres.url
        self.is_database_ours = not os.environ.get("DATABASE_URL")
        self.is_nats_ours = not os.environ.get("NATS_URL")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.ports['web']}"

    @property
    def environment(self) -> dict[str, str]:
        sandboxes = {
            address_word(name): f"http://127.0.0.1:{self.ports[name]}" for name in self.sandboxes
        }
        messages = {
            "NATS_URL": f"nats://127.0.0.1:{self.ports['nats']}",
            "MQTT_URL": f"mqtt://127.0.0.1:{self.ports['mqtt']}",
        }
        household = sandboxes.get(address_word("household"))
        return {
            "SANDBOX_HEALTH_ALWAYS": "1",
            "DIEBIAN_CARD_READER": f"{household}/reader" if household else "",
            "DIEBIAN_PAY_PROVIDER": sandboxes.get(address_word("pay"), ""),
            "DIEBIAN_PAY_WORD": "sample-pay-word",
            **os.environ,
            **sandboxes,
            **(messages if self.is_nats_ours else {}),
            "DJANGO_SETTINGS_MODULE": "diebian.assembly.settings",
            "DATABASE_URL": self.database,
            "DIEBIAN_CITY": str(self.city),
            "DIEBIAN_DATA": str(self.home.data),
            "DIEBIAN_GATEWAY": f"http://127.0.0.1:{self.ports['gateway']}",
            "DIEBIAN_SECRET_KEY": self.home.secret,
            "SANDBOX_DATABASE_URL": os.environ.get("SANDBOX_DATABASE_URL") or self.database,
            "SANDBOX_SEED": str(self.city / "sandbox.yaml"),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PYTHONUNBUFFERED": "1",
        }

    def makers(self) -> Iterator[Part]:
        """What has loaded our programs before they are wanted."""
        if sys.platform == "linux":  # elsewhere nobody could take over what it forks (ADR 15)
            yield nursery(self.home.run / "nursery.sock", "diebian.assembly.preload")

    def job(self, *words: str) -> Part:
        """A command of Django's that is to end."""
        argv = [sys.executable, "-m", "django", *words]
        return Part(name=words[0], title=words[0], argv=argv, forked_by="nursery")

    def stores(self) -> Iterator[Part]:
        if self.is_database_ours:
            yield Part(
                name="postgres",
                title="数据库 PostgreSQL",
                argv=self.postgres.argv,
                is_healthy=self.postgres.is_healthy,
                account=self.postgres.account,
                stop_signal=2,
                stop_seconds=60,
                start_seconds=600,  # after a power cut it first repairs itself
                patience_seconds=120,
                data=self.home.postgres,
                before_start=self.postgres.prepare,
            )
        if self.is_nats_ours:
            yield Part(
                name="nats",
                title="消息 NATS",
                argv=self.nats.argv,
                is_healthy=answers_nats("127.0.0.1", self.nats.port),
                port=self.nats.port,
                data=self.nats.directory,
                before_start=self.nats.prepare,
            )

    def departments(self) -> Iterator[Part]:
        """The foreign systems of the city, as far as they stand here for practice."""
        for name, title in self.sandboxes.items():
            port = self.ports[name]
            argv = [sys.executable, "-m", f"sandbox.{name}", "--port", str(port)]
            yield Part(
                name=f"sandbox-{name}",
                title=f"{title}系统（沙盒）",
                argv=argv,
                is_healthy=answers_http(port),
                patience_seconds=SANDBOX_PATIENCE_SECONDS,
                port=port,
            )

    def services(self) -> Iterator[Part]:
        exchange = [sys.executable, "-m"]
        yield Part(
            name="broker",
            title="数据交换 broker",
            argv=[*exchange, "diebian.base.exchange.broker.app", str(self.broker)],
            forked_by="nursery",
            is_healthy=answers_on_socket(self.broker),
        )
        gateway, folder = self.ports["gateway"], self.home.data / "gateway"
        yield Part(
            name="envoy",
            title="共享网关 Envoy",
            argv=[*exchange, "diebian.base.exchange.gateway.envoy", str(gateway), str(self.broker)],
            forked_by="nursery",
            is_healthy=all_of(
                answers_on_socket(folder / "admin.sock", "/ready"), answers_http(gateway, "/__v")
            ),
            needs=("postgres",),
            port=gateway,
            data=folder,
            roll=EnvoyRoll(folder),
        )
        yield Part(
            name="meter",
            title="调用计量",
            argv=[*exchange, "diebian.base.exchange.metering.meter"],
            forked_by="nursery",
            is_healthy=beats(folder / "meter.beat", within_seconds=BEAT_SECONDS),
            needs=("postgres",),
            before_start=lambda: (folder / "meter.beat").unlink(missing_ok=True),
        )
        beat = self.home.data / "messages" / "relay.beat"
        yield Part(
            name="relay",
            title="消息投递",
            argv=[*exchange, "diebian.base.messages.relay"],
            forked_by="nursery",
            is_healthy=beats(beat, within_seconds=BEAT_SECONDS),
            needs=("postgres", "nats"),
            before_start=lambda: beat.unlink(missing_ok=True),
        )
        manage = [sys.executable, "-m", "django"]
        yield Part(
            name="worker",
            title="后台任务",
            argv=[*manage, "procrastinate", "worker", "--concurrency", "4"],
            forked_by="nursery",
            is_healthy=worker_works(self.database),
            needs=("postgres",),
        )
        web = self.ports["web"]
        yield Part(
            name="web",
            title="网站",
            argv=[sys.executable, "-m", "diebian.assembly.web", str(web)],
            forked_by="nursery",
            is_healthy=answers_http(web),
            port=web,
        )


def sandbox_systems(city: Path) -> dict[str, str]:
    """Program in `sandbox/` → its Chinese title, as the city's folder names them."""
    file = city / "sandbox.yaml"
    if not file.exists():
        return {}
    told: dict[str, str] = yaml.load(file.read_text(), yaml.CSafeLoader).get("systems") or {}
    return {name: title for name, title in told.items() if address_word(name) not in os.environ}


def address_word(system: str) -> str:
    """A department's real address, set under this word, replaces its sandbox."""
    return f"DIEBIAN_SANDBOX_{system.upper()}"


def _choose(book: Ports, sandboxes: Iterable[str], web: int | None) -> dict[str, int]:
    """A port that somebody named comes first: none of the others may take it."""
    named = {} if web is None else {"web": book.choose("web", web, exact=True)}
    wanted = FIRST_PORTS | dict.fromkeys(sandboxes, FIRST_SANDBOX_PORT)
    return {
        name: named[name] if name in named else book.choose(name, first)
        for name, first in wanted.items()
    }
