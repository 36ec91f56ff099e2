"""`./diebian bench collect`: rows into lake tables, against raw COPY of the same rows."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from diebian.kernel.benches import Bench


def run(quick: bool) -> Mapping[str, object]:
    from .session import measure
    from .source import QUICK, WHOLE

    folder = Path(mkdtemp(prefix="diebian-bench-"))
    folder.chmod(0o755)  # PostgreSQL may run as another account
    try:
        return measure(folder, QUICK if quick else WHOLE)
    finally:
        shutil.rmtree(folder)


BENCH = Bench(slug="collect", title="数据归集：很多张表进湖，对照原样 COPY", run=run)
