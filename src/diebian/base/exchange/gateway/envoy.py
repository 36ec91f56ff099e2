"""`python -m diebian.base.exchange.gateway.envoy PORT BROKER_SOCKET`: becomes Envoy."""

import json
import os
import sys
from pathlib import Path

import django

# What is in Envoy's buffer dies with a killed process: of answered data calls the broker's journal
# has the second copy, of refusals these milliseconds are the bound.
FLUSH = ["--file-flush-interval-msec", "20", "--file-flush-min-size-kb", "64"]


# Whoever is exchanged tells each of its callers to come anew for so long, then listens no more.
DRAIN = ["--drain-time-s", "2", "--drain-strategy", "immediate"]


def main(port: int, broker: Path) -> None:
    django.setup()
    from .envoy_bootstrap import bootstrap
    from .instances import claim, folder, log_of
    from .publishing import envoy_program, routes_file

    _publish_or_keep()
    instance = claim(port)
    told = bootstrap(
        instance=instance,
        port=port,
        broker=broker,
        admin=_own_admin(),
        log=log_of(instance),
        routes=routes_file(),
    )
    file = folder() / "bootstrap.json"
    file.write_text(json.dumps(told))
    os.execv(envoy_program(), words(file))  # noqa: S606  our own program and words


def words(file: Path, *, threads: int = 2) -> list[str]:
    return ["envoy", "-c", str(file), "--disable-hot-restart", "--concurrency", str(threads),
            "-l", "warning", *FLUSH, *DRAIN]  # fmt: skip


def _own_admin() -> Path:
    """A socket of this process, which keeps its number as Envoy; `admin.sock` leads to the newest.

    What processes that are no more left behind is cleared away.
    """
    from .instances import folder

    for old in folder().glob("admin-*.sock"):
        if not Path(f"/proc/{old.stem.removeprefix('admin-')}").exists():
            old.unlink(missing_ok=True)
    own, part = folder() / f"admin-{os.getpid()}.sock", folder() / f".admin-{os.getpid()}"
    part.unlink(missing_ok=True)
    part.symlink_to(own.name)
    part.rename(folder() / "admin.sock")
    return own


def _publish_or_keep() -> None:
    """Without the database, or with grants that make no configuration, the last good stays."""
    from django.db import OperationalError

    from .publishing import publish, routes_file
    from .refusals import BrokenConfiguration

    try:
        publish(anew=True)
    except (OperationalError, BrokenConfiguration) as error:
        if not routes_file().exists():
            raise
        print(f"grants not read, the last good configuration serves: {error}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
