"""`./diebian bench compare`: 300,000 persons against 2.3 million, beside PostgreSQL's own plan."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from diebian.kernel.benches import Bench


def run(quick: bool) -> Mapping[str, object]:
    from .session import QUICK, WHOLE, measure

    folder = Path(mkdtemp(prefix="diebian-bench-"))
    folder.chmod(0o755)  # PostgreSQL may run as another account
    try:
        return measure(folder, QUICK if quick else WHOLE)
    finally:
        shutil.rmtree(folder)


BENCH = Bench(slug="compare", title="批量比对：三十万人对二百三十万人，对照 PostgreSQL", run=run)
