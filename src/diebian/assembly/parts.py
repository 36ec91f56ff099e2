"""What runs in one installation, in the order of starting. No logic beyond the list."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from diebian.cloud.runtime.public import (
    EmbeddedPostgres,
    Installation,
    Part,
    accepts,
    answers_http,
    answers_on_socket,
    nats_argv,
)

ROOT = Path(__file__).parents[3]
SANDBOXES = {"hr": "人社", "health": "医保", "estate": "不动产", "fund": "公积金"}
FIRST_PORTS = {"web": 8000, "gateway": 8100, "nats": 8200, "hr": 8301, "health": 8351,
               "estate": 8401, "fund": 8451}  # fmt: skip


class Plan:
    def __init__(self, home: Installation, *, port: int | None) -> None:
        self.home, self.postgres = home, EmbeddedPostgres(home.postgres)
        self.ports = {
            name: home.port(name, first)
            for name, first in FIRST_PORTS.items()
            if name != "web" or port is None
        }
        if port is not None:
            self.ports["web"] = home.port("web", port, exact=True)
        self.broker = home.run / "broker.sock"
        self.database = os.environ.get("DATABASE_URL") or self.postgres.url
        self.nats = os.environ.get("NATS_URL") or f"nats://127.0.0.1:{self.ports['nats']}"

    @property
    def environment(self) -> dict[str, str]:
        sandboxes = {
            f"DIEBIAN_SANDBOX_{name.upper()}": f"http://127.0.0.1:{self.ports[name]}"
            for name in SANDBOXES
        }
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "diebian.assembly.settings",
            "DATABASE_URL": self.database,
            "NATS_URL": self.nats,
            "DIEBIAN_DATA": str(self.home.data),
            "DIEBIAN_GATEWAY": f"http://127.0.0.1:{self.ports['gateway']}",
            "DIEBIAN_SECRET_KEY": self.home.secret,
            "SANDBOX_DATABASE_URL": os.environ.get("SANDBOX_DATABASE_URL") or self.database,
            "SANDBOX_SEED": str(Path(os.environ["DIEBIAN_CITY"]) / "sandbox.yaml"),
            "SANDBOX_HEALTH_ALWAYS": "1",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PYTHONUNBUFFERED": "1",
            **sandboxes,
        }

    def foundations(self) -> Iterator[Part]:
        """What must stand before the database can be prepared."""
        if not os.environ.get("DATABASE_URL"):
            yield Part(
                name="postgres",
                title="数据库 PostgreSQL",
                argv=self.postgres.argv,
                is_healthy=self.postgres.is_healthy,
                account=self.postgres.account,
                stop_signal=2,
                stop_seconds=60,
                before_start=self.postgres.prepare,
            )
        if not os.environ.get("NATS_URL"):
            yield Part(
                name="nats",
                title="消息 NATS",
                argv=nats_argv(self.home.data / "nats", self.ports["nats"]),
                is_healthy=accepts(self.ports["nats"]),
                port=self.ports["nats"],
            )
        for name, title in SANDBOXES.items():
            port = self.ports[name]
            argv = [sys.executable, "-m", f"sandbox.{name}", "--port", str(port)]
            yield Part(
                name=f"sandbox-{name}",
                title=f"{title}系统（沙盒）",
                argv=argv,
                is_healthy=answers_http(port),
                port=port,
            )

    def services(self) -> Iterator[Part]:
        exchange = [sys.executable, "-m"]
        yield Part(
            name="broker",
            title="数据交换 broker",
            argv=[*exchange, "diebian.base.exchange.broker", str(self.broker)],
            is_healthy=answers_on_socket(self.broker),
        )
        gateway = self.ports["gateway"]
        yield Part(
            name="envoy",
            title="共享网关 Envoy",
            argv=[*exchange, "diebian.base.exchange.envoy", str(gateway), str(self.broker)],
            is_healthy=answers_http(gateway, "/__v"),
            port=gateway,
        )
        beat = self.home.data / "gateway" / "meter.beat"
        yield Part(
            name="meter",
            title="调用计量",
            argv=[*exchange, "diebian.base.exchange.meter"],
            is_healthy=beat.exists,
        )
        manage = [sys.executable, "-m", "django"]
        yield Part(
            name="worker",
            title="后台任务",
            argv=[*manage, "procrastinate", "worker", "--concurrency", "4"],
            is_healthy=lambda: True,
        )
        web = self.ports["web"]
        yield Part(
            name="web",
            title="网站",
            argv=[sys.executable, "-m", "diebian.assembly.web", str(web)],
            is_healthy=answers_http(web),
            port=web,
        )
