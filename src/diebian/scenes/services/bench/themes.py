"""`./diebian bench themes`: all themes that a city published compiled anew, in the database.

Beside it in the same run: reading and checking their drawings alone, as the engine does.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from time import perf_counter, process_time

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from diebian.base.directory.public import load_city
from diebian.base.process.public import check_file
from diebian.kernel.benches import bench_folder
from diebian.scenes.services.themes.actions import Done, compile_themes
from diebian.scenes.services.themes.models import Theme
from diebian.security.identity.public import PLATFORM
from diebian.standards.profile import load

ROUNDS = 3
TARGET_SECONDS = 10.0
rounds_so_far = count(1)


def run(quick: bool) -> Mapping[str, object]:
    _load_the_published()
    rounds = 1 if quick else ROUNDS
    done: list[Done] = []
    took = [_timed(lambda: _compile_anew(done)) for _ in range(rounds)]
    drawings = [one.told.drawing.encode() for one in done if one.told]
    alone = [_timed(lambda: _check(drawings)) for _ in range(rounds)]
    ours, limit = min(took), min(alone)
    return {
        "name": "themes",
        "unit": "s",
        "ours": round(ours[0], 2),
        "limit": round(limit[0], 2),
        "ratio": round(limit[0] / ours[0], 3),
        "processor_seconds": round(ours[1], 2),
        "limit_processor_seconds": round(limit[1], 2),
        "target": TARGET_SECONDS,
        "is_reached": ours[0] < TARGET_SECONDS and len(drawings) == len(done),
        "themes": len(done),
        "new_versions": sum(one.is_new for one in done),
        "members": sum(len(one.told.parts) for one in done if one.told),
        "with_conflicts": sum(bool(one.told.conflicts) for one in done if one.told),
        "lost": len(done) - len(drawings),
        "doubled": len(done) - len({one.theme.code for one in done}),
    }


def _load_the_published() -> None:
    with bench_folder() as folder:
        out = folder / "city"
        words = [sys.executable, "-m", "sandbox.expand", os.environ["DIEBIAN_CITY"], str(out)]
        subprocess.run(words, check=True, capture_output=True)  # noqa: S603  our own program
        load_city(profile=load(out), by=PLATFORM)


def _compile_anew(done: list[Done]) -> None:
    """Every name is another, so each becomes a new version, and each drawing is checked; then
    nothing of it has been."""
    with transaction.atomic():
        Theme.objects.update(name=Concat(F("name"), Value(f"·{next(rounds_so_far)}")))
        done[:] = compile_themes(by=PLATFORM)
        _check([one.told.drawing.encode() for one in done if one.told])
        transaction.set_rollback(True)


def _check(drawings: Sequence[bytes]) -> None:
    for one in drawings:
        check_file(one)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of this process's own time."""
    began, own = perf_counter(), process_time()
    work()
    return perf_counter() - began, process_time() - own
