"""Benches: what is measured against a limit in the same run, for `./diebian bench NAME`."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from .registry import Registry


@dataclass(frozen=True)
class Bench:
    slug: str
    title: str
    run: Callable[[bool], Mapping[str, object]]  # takes --quick; gives the contract of docs/cli.md
    needs_platform: bool = False  # then one is started for it alone, in a folder that goes with it
    run_calls: Callable[[int], Mapping[str, object]] | None = None  # whole, but so many calls


benches = Registry[Bench]("bench")


@contextmanager
def bench_folder() -> Iterator[Path]:
    """For servers of a bench's own; it goes when the bench ends."""
    folder = Path(mkdtemp(prefix="diebian-bench-"))
    folder.chmod(0o755)  # PostgreSQL may run as another account
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def by_itself(module: str, folder: Path, *words: str, **environment: str) -> dict[str, Any]:
    """What `python -m MODULE FILE WORDS` writes into FILE: a side whose memory is its own."""
    told = folder / "told.json"
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", module, str(told), *words],
        env={**os.environ, "DIEBIAN_DATA": str(folder / "data"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    found: dict[str, Any] = json.loads(told.read_text())
    return found
