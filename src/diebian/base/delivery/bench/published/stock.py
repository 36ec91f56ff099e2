"""The city's folder, expanded to the published scale, becomes the catalogue; then it is dealt out.

What is dealt is taken from the departments in turn, so that each has something of each kind.
"""

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path
from subprocess import run

from diebian.base.catalogue.public import StockLine, city_stock
from diebian.base.directory.public import load_city
from diebian.security.identity.public import PLATFORM
from diebian.standards.profile import load

from .plan import Plan


@dataclass(frozen=True)
class Dealt:
    """Which entries get what: first those that are shared by call."""

    local: Sequence[StockLine]
    upper: Sequence[StockLine]
    tables: Sequence[StockLine]
    files: Sequence[StockLine]


def load_stock(plan: Plan) -> None:
    """The journey of the folder is left out: its entries are the platform's own samples."""
    # In the folder of the bench, which goes with it, also when this process is killed.
    with tempfile.TemporaryDirectory(dir=os.environ["DIEBIAN_DATA"]) as folder:
        out = Path(folder) / "city"
        words = [sys.executable, "-m", "sandbox.expand", os.environ["DIEBIAN_CITY"], str(out)]
        words += ["--city", str(plan.entries), "--county", str(plan.county_entries)]
        run(words, check=True, stdout=sys.stderr)  # noqa: S603  our own program
        load_city(profile=replace(load(out), journey={}), by=PLATFORM)


def deal(plan: Plan) -> Dealt:
    lines = _in_turn(city_stock())
    shared = [one for one in lines if one.is_shared]
    local, upper = shared[: plan.interfaces], shared[plan.interfaces :][: plan.upper_kinds]
    taken = {one.id for one in (*local, *upper)}
    rest = [one for one in lines if one.id not in taken]
    files = rest[plan.tables :][: plan.files]
    return Dealt(local, upper, rest[: plan.tables], files)


def _in_turn(lines: Sequence[StockLine]) -> list[StockLine]:
    """One of each department, then the next of each."""
    by_department: dict[str, list[StockLine]] = {}
    for line in lines:
        by_department.setdefault(line.department, []).append(line)
    rounds = chain.from_iterable(zip_longest(*by_department.values()))
    return [line for line in rounds if line is not None]
