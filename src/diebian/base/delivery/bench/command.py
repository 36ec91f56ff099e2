"""`./diebian bench deliver`: a granted table into a consumer's database, against raw COPY."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from diebian.kernel.benches import Bench


def run(quick: bool) -> Mapping[str, object]:
    from .measure import QUICK, WHOLE, measure

    folder = Path(mkdtemp(prefix="diebian-bench-"))
    folder.chmod(0o755)  # PostgreSQL may run as another account
    try:
        return measure(folder, QUICK if quick else WHOLE)
    finally:
        shutil.rmtree(folder)


BENCH = Bench(slug="deliver", title="库表交付：第一次送全部，以后送变化，对照原样 COPY", run=run)
