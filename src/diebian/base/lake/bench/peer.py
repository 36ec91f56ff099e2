"""dlt on some of the same tables, in an environment of its own that goes with the bench."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

PACKAGES = ["dlt[filesystem,parquet,sql_database]==1.31.0", "connectorx", "psycopg[binary]"]
ROWS = 2_000_000
SECONDS = 400
LOAD = """
import json, sys, time, dlt
from dlt.sources.sql_database import sql_database
url, folder, names = sys.argv[1], sys.argv[2], sys.argv[3].split(",")
began = time.perf_counter()
told = {"conn": url} if sys.argv[4] == "connectorx" else {}
source = sql_database(url.replace("postgresql:", "postgresql+psycopg:"), table_names=names,
                      backend=sys.argv[4], backend_kwargs=told)
pipe = dlt.pipeline("peer", pipelines_dir=folder + "/state", dataset_name="d",
                    destination=dlt.destinations.filesystem("file://" + folder + "/out"))
pipe.run(source, loader_file_format="parquet", write_disposition="replace")
print(json.dumps({"seconds": time.perf_counter() - began}))
"""


def peer(url: str, folder: Path, ours_per_second: float) -> dict[str, object]:
    """Their way to the quickest: ConnectorX into Parquet. Null with the reason if it cannot be."""
    installer = shutil.which("uv", path=str(Path(sys.executable).parent))
    if installer is None:
        return _none("no installer beside this Python")
    python = folder / "peer" / "bin" / "python"
    try:
        _run(installer, "venv", "--quiet", "--python", sys.executable, str(folder / "peer"))
        _run(installer, "pip", "install", "--quiet", "--python", str(python), *PACKAGES)
        names, rows = _some(url)
        seconds, backend = _quickest(str(python), url, folder, names)
    except (subprocess.SubprocessError, OSError) as error:
        lines = str(getattr(error, "stderr", "") or error).strip().splitlines()
        return _none(f"dlt did not run: {' '.join(lines[-3:])[:300] or error}")
    rate = rows / seconds
    return {
        "peer": round(rate),
        "peer_ratio": round(ours_per_second / rate, 3),
        "peer_what": f"dlt ({backend}) into Parquet, {rows} rows in {len(names)} of the tables",
    }


def _quickest(python: str, url: str, folder: Path, names: list[str]) -> tuple[float, str]:
    """ConnectorX is their quickest way, but may not know a database on a socket."""
    for backend in ("connectorx", "pyarrow"):
        try:
            told = _run(python, "-c", LOAD, url, str(folder), ",".join(names), backend)
            return json.loads(told.splitlines()[-1])["seconds"], backend
        except subprocess.CalledProcessError as error:
            last = error
    raise last


def _some(url: str) -> tuple[list[str], int]:
    """The same mixture: every seventh or so of the tables."""
    with psycopg.connect(url) as connection:
        asked = "select relname, reltuples::bigint from pg_class where relname ~ '^t[0-9]+$'"
        known: dict[str, int] = dict(connection.execute(asked).fetchall())
    step = max(1, sum(known.values()) // ROWS)
    names = sorted(known)[1::step]
    return names, sum(known[name] for name in names)


def _run(*words: str) -> str:
    done = subprocess.run(  # noqa: S603  our own words
        words,
        env={
            **os.environ,
            "RUNTIME__DLTHUB_TELEMETRY": "false",
            "PYTHONPATH": "",
            "EXTRACT__NEXT_ITEM_MODE": "fifo",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS,
    )
    return done.stdout


def _none(why: str) -> dict[str, object]:
    return {"peer": None, "peer_ratio": None, "peer_why": why}
